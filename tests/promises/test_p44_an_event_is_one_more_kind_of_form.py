"""P44: "onze website, oplossingen en andere diensten, waaronder evenementen, bezoekt"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privacy import policy

from tests.firm import FIELDS

if TYPE_CHECKING:
    from tests.firm import Firm


def test_p44_a_registration_goes_through_the_same_door_under_its_own_rule(shared_firm: Firm) -> None:
    """A post with `form=event` is filed as a registration, with the period of its own category."""
    form = policy.form("sevenelements", "event")
    fields = {field.name: FIELDS.get(field.name, "Najaarsdag") for field in form.fields} | {"form": "event"}
    response = shared_firm.stack.http.post("/sevenelements/enquiries", fields)
    assert response.status == 201, response.text
    shown = shared_firm.open(response.json()["reference"], controller=policy.site("sevenelements").controller)
    assert shown["category"] == form.category != policy.form("sevenelements").category
    controller = policy.site("sevenelements").controller
    rule, other = (policy.category(controller, name) for name in (form.category, "enquiries"))
    assert rule.needed != other.needed
