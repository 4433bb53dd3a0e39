"""How people ask in Dutch. Accents and apostrophes are taken off; how a phrase is written: see triage_lexicon."""

COMMON = """
    de het een en ik u uw je jullie mijn van niet dat is ben op voor met te zijn wil graag aub hoi beste heb
    er om mij wat me meer nog wel nooit geen ook dan maar kan kunt wil wilt naar bij aan hebben moet gewoon
"""
"""The commonest words, by which the language is told."""

KINDS = {
    # where data are kept
    "system": """
        administratie, archief, archieven, bestand, *bestand, bestanden, *bestanden, boeken, computer,
        computers, crm, database, databases, kaartenbak, kaartsysteem, lijst, *lijst, lijsten, *lijsten,
        register, systeem, systemen
    """,
    # a newsletter or list, in one word
    "list": "nieuwsbrief*, nieuwsmail*, mailing*, maillijst*, *lijst, mails, mailtjes",
    # data that have a value
    "field": "*adres, *mail, *naam, *nummer",
}
"""Words that stand for one another in a phrase: `uit ... <system>`."""

CONCEPTS = {
    # --- Who asks, and how ---
    # somebody wants something: I want, please, I hereby request, may go
    "ask": """
        ajb, alsjeblieft, alstublieft, aub, behoort te, behoren te, beroep me op, beroep mij op, beroep op,
        beroepen ons op, bij deze, blij als, blijft u, blijven jullie, dankbaar als, dien je, dienen, dienen
        jullie, dient, dient u, doe een beroep, doe me, doe mij, eis*, en wil, fijn als, fijn vinden als, fijn
        zijn als, ga er van uit dat, ga ervan uit dat, ga ik ervan uit dat, ga je gang, gaarne, ge moet, ge
        moogt, gebruik maken van, gebruikmaken van, geef jullie ... dagen, geef jullie nog, geef u ... dagen,
        geef u nog, gelieve, gij moogt, goed als u, graag, heb recht op een, heel fijn vinden, het liefst,
        hierbij, hoef niet, hoef niet meer, hoeft nergens, hoeft niet meer, hoeven niet, hoop dat, hoor graag,
        ik had graag, ik vraag jullie, ik vraag u, ik wens, ik wil, ik wilde, ik zou, je mag, je moet, jullie
        moeten, jullie mogen, laat iedereen, laat maar, laat me, laat mij, liefst, maak gebruik van, mag ...
        niet, mag ... niets, mag ... uit, mag daarvan, mag u, mag worden, mijn vraag, moet ... uit, moet ...
        zijn, moet je, moet u, moet worden, moeten jullie, moeten worden, mogen ... niet, mogen ... uit, mogen
        dus, mogen jullie, mogen worden, moogt, mooi als, ontvang graag, ontvang ik, op prijs als, op prijs
        stellen, please, pls, plz, prettig als, prijs als, recht op een kopie, reken erop, sommeer, sommeren,
        sta erop, stel het op prijs, svp, tevens, u dient, u mag, u moet, uitoefenen, verlang, verlangen,
        verlangt, verneem ik graag, vernemen wij graag, vertrouw erop, *verzoek, verzoeke, verzoeken jullie,
        verzoeken u, verzoeken wij, verzoekt, vraag ik, vraag je, vraagt u, vragen wij, vriendelijk, waarderen
        als, wat ik vraag, we verzoeken, we willen, wens ik, wensen wij, wenst, wij verzoeken, wij willen, wil
        dat, wil ik, wilde graag, willen we, willen wij, wou, wou graag, zie graag, zorg dat, zorg ervoor, zou
        ik, zou willen, zouden graag
    """,
    # an order, whatever it is
    "order": "!berg, !breng, !doe, !haal, !hou, !houd, !kap, !knip, !laat, !leg, !neem, !sluit, !streep, !trek, !zet",
    # has to or may be done, by whoever holds the data
    "must": """
        behoort, behoren, dienen, dient, hoort, horen, kan ... eruit, kan ... weg, kunnen ... eruit, kunnen
        ... weg, mag, moet, moeten, mogen
    """,
    # a demand in nouns
    "demand": """
        aanpassing van, afmelding van, afschrift van, beperking van, correctie van, intrekking van, inzage in,
        kopie van, overdracht van, rectificatie van, stopzetting van, toezending van, uitschrijving,
        vernietiging van, verstrekking van, verwijdering van, wissing van
    """,
    # a request in the form of a question: could you
    "polite": """
        gaan jullie, gaat u, hoe kom ik van, is het mogelijk dat jullie, is het mogelijk dat u, kan ...
        worden, kan alles, kan dat, kan deze, kan die, kan dit, kan het eruit, kan het verwijderd, kan het
        weg, kan iemand, kan je, kan u, kun je, kun jij, kunne jullie, kunnen ... worden, kunnen dat, kunnen
        deze, kunnen die, kunnen jullie, kunnen ze, kunt ge, kunt je, kunt u, lever je, lever jij, mag ik ...
        verzoeken, mag ik ... vragen, mogen we ... vragen, mogen wij ... verzoeken, mogen wij ... vragen,
        sturen jullie, stuur je, stuurt u, u kunt, wil je, wil u, wilde je, wille jullie, willen jullie, wilt
        ge, wilt u, wilt u zo, zou het kunnen dat, zou het mogelijk, zou iemand, zou je, zou u, zou u zo
        vriendelijk, zouden jullie, zouden jullie het erg, zoudt u
    """,
    # a question that may be a request: can I, is it possible
    "may": "is het mogelijk, kan het, kan ik, kan mijn, kunnen mijn, kunnen wij, mag ik, zou ik kunnen, zou ik ... kunnen",
    # a question or a thought about it: how does it work, suppose I asked
    "about": """
        adviseren, alles maar staan, als ik later, als ik ooit, als ik zou, benieuwd, besloten van niet,
        bevestigen dat u, dacht eraan, dacht erover, demo aan, gaat leiden tot, gevolgen, had eerst, handelde
        ... af, heb ik het recht, heb ik recht, hebben wij recht, hoe doe ik, hoe gaat, hoe jullie omgaan, hoe
        kan ik, hoe kun je, hoe kunnen we, hoe lang, hoe moet ik, hoe snel, hoe trek, hoe u omgaat, hoe werkt,
        hoe zit, hoelang, hoor graag of, horen of, hypothetisch, ik las, in dat geval dan, in het algemeen, in
        theorie, interviewen, is het zo dat, kan je zelf, kan laten, klopt dat, klopt het, korting, kunt
        laten, laat maar zitten, laat me weten of, laat mij weten of, laat mijn *verzoek, laten weten hoe,
        laten weten of, leg ... uit, mag ik zelf, mag laten, misschien ooit, mocht ik, nieuwsgierig, of ik
        recht, omgaan met het recht, ooit eens, op welke manier, opdracht voor, overweeg, overweeg om,
        overwegen, scriptie, stel, stel dat, toch maar niet, trek het *verzoek, trek mijn *verzoek, twijfel*,
        uitleg, uitleggen, verschil tussen, vertellen hoe, vertellen of, vertellen wanneer, verzoek in te
        trekken, verzoek intrekken, volgens de wet, voor school, vraag ... me af, vraag ... mij af, vragen ...
        ons af, vroeg ... me af, vroeg mij af, waar kan ik, waar vind ik, wanneer worden, was eerst van plan,
        was van plan, wat als, wat betekent, wat gebeurt, wat gebeurt er, wat houdt, wat is het verschil, wat
        moet ik doen, weet u wat, werkstuk, weten hoe, weten hoelang, weten of, weten waarom, weten wanneer,
        weten wat er gebeurt, wilde eerst, worden ... automatisch, zal leiden tot, zou dan, zou ik dan, zou
        willen weten hoe
    """,
    # not now: some day, before a contract, as a threat
    "later": """
        als ik ooit, ga ik ... eisen, ga ik ... vragen, ga jullie ... vragen, ga u ... vragen, kan jullie
        vragen, kan u vragen, mocht ik ooit, ooit eens, voor ik ... begin, voordat ik ... aanmeld, voordat ik
        ... begin, voordat we ... aanmelden, voordat we ... beginnen, voordat wij ... beginnen, wil ik ooit,
        zal ik ... eisen, zal ik ... verzoeken, zal ik ... vragen, zal jullie ... vragen, zal u ... verzoeken,
        zal u ... vragen, zou u kunnen vragen
    """,
    # people whose data the writer handles, and what they ask
    "others": """
        afhandeling van, als verwerker, als verwerkingsverantwoordelijke, behandelen van, betrokkenen, een
        klant, een medewerker van ons, een oud medewerker van ons, elk *verzoek, ervaring met, handelde ... af,
        ieder *verzoek,
        inzageverzoeken, klanten van ons, mijn ex*, mijn huurder*, onze clienten, onze gebruikers, onze
        klanten, onze leden, onze medewerker, onze medewerkers, onze medewerkster, onze patienten, onze
        verwerker, onze werknemer, openstaande facturen, papieren archief, uw rol als, van gebruikers, van
        klanten, verwijderverzoeken, verzoeken om, verzoeken tot, verzoeken van, wisverzoeken
    """,
    # what somebody else said or does
    "reported": """
        adviseerde, adviseerden, begrijp ik dat, behoud ... rechten, behoud ... voor, beleid staat, beweerde,
        beweert, buurman wil, buurvrouw wil, collega wil, een vriend heeft, een vriend wil, een vriendin
        heeft, een vriendin wil, ik begrijp dat, ik weet dat, is gezegd, jullie willen, jullie zijn van plan,
        laat me weten dat, laat mij weten dat, laat ons weten dat, liet me weten, liet mij weten, mijn buurman
        heeft, mijn buurvrouw heeft, privacyverklaring staat, raadde ... aan, schreef dat, schrijft dat, staat
        dat ik kan, staat dat ik mag, staat dat ik recht, staat dat je, staat dat jullie, staat dat u, u bent
        van plan, u wil, u wilt, uw verzoek om, uw verzoek tot, vertelde dat, vertelde mij, volgens jullie
        beleid, volgens jullie privacyverklaring, volgens uw beleid, volgens uw privacyverklaring,
        voorbehoud*, voorwaarden staat, werd gezegd, zeggen dat, zegt dat, zei, zeiden
    """,
    # sounds like asking and is not: I want to thank you
    "not_ask": """
        bedankt dat, bedankt voor het, dank u voor, dank voor het, wil alleen weten waarom, wil je bedanken,
        wil jullie bedanken, wil u bedanken, wil wel klant blijven
    """,
    # what was done or asked before
    "past": """
        aangekomen, al verwijderd, ben ik uitgeschreven, bezwaar gemaakt, bezwaar ingediend, gekregen heb,
        gelukt, geweigerd, had ... gevraagd, had ... verwijderd, hadden ... gevraagd, heb ... gekregen, heb
        ... gevraagd, heb ... gewist, heb ... ontvangen, heb ... verwijderd, hebben ... verwijderd, hebben
        aangegeven dat, hebt ... verwijderd, heeft ... gewist, heeft ... verwijderd, heeft aangegeven dat, ik
        krijg geen, ik ontvang geen, is aangepast, is gemaakt, is gewist, is uitgeschreven, is verwijderd,
        komen ... niet meer, krijg ... niet meer, krijg ik geen, ontvang ... niet meer, ontvang ik geen,
        ontvangen heb, stelde ... voor, stelden ... voor, verzocht, *verzoek gedaan, *verzoek gestuurd,
        *verzoek ingediend, *verzoek verstuurd, vroeg, was verwijderd, weigert, werd verwijderd, werden
        verwijderd, zijn aangepast, zijn gemaakt, zijn gewist, zijn verwijderd
    """,
    # not
    "neg": """
        evenmin, geen, geen van, geenszins, hoef niet, hoeft niet, in plaats van te verwijder*, in plaats van
        verwijder*, in plaats van wissen, in plaats van ze te wissen, nergens, nie, niemand, niet, niets,
        niks, nimmer, noch, nooit, zonder
    """,
    # a "not" that denies nothing: no longer, do not forget
    "notneg": """
        geen antwoord, geen behoefte, geen contact, geen gebruik, geen idee, geen interesse, geen klant, geen
        reden, geen toestemming, geen zin, ik kan ... niet, kan ik ... niet, kloppen niet, klopt niet, lukt
        ... niet, lukt me niet, lukt niet, niet alleen, niet bekend, niet correct, niet enkel, niet gelukt,
        niet goed, niet hoeft te bewaren, niet hoeven te bewaren, niet juist, niet kloppen, niet langer, niet
        meer, niet nodig, niet slechts, niet te lang, niet vergeten, niet verplicht, niet voor niets, niet
        waar, niet wettelijk, niet zelf, niets meer, niets over, niks meer, nooit meer, of niet, vergeet niet,
        waarom ... niet, zelf ... niet, zo niet
    """,
    # single words between two clauses
    "hence": """
        aangezien, daarna, doch, dus, en, maar, maarja, nadat, of, omdat, terwijl, totdat, vervolgens, want,
        zodat, zodra, zolang
    """,
    # what begins a condition
    "if": """
        als dat, als de, als deze, als dit, als er, als het, als hij, als iemand, als ik, als je, als jullie,
        als mijn, als u, als uw, als we, als wij, als ze, als zij, indien, ingeval, mocht, stel, tenzij,
        wanneer, zodra
    """,
    # after something that will happen, which is no condition
    "done": """
        afgerond, bekeken heb, binnen is, eenmaal, gelezen heb, gelukt, gezien heb, heb gekregen, heb gelezen,
        heb gezien, heb ontvangen, klaar is, klaar zijn, ontvangen heb
    """,
    # do what was spoken of before: go ahead
    "doit": """
        afhandelen, alsnog te doen, daar ... gebruik van maken, daarvan gebruik, dat te doen, dat wil ik, dit
        te doen, doe dat, doe dit, doe het, doe het toch, doe het voor me, doen jullie dat, doen jullie het,
        doet u dat, ga je gang, geregeld, het te doen, hiervan gebruik, in gang, jullie het doen, maak ik ...
        gebruik van, regel dat, regel het, regelen, stuur ... gewoon op, stuur ... op, u het doen, uitvoeren,
        wil ik ook
    """,
    # the subject of the letter says what is asked
    "subjectref": "het onderwerp, in de onderwerpregel, onderwerp van, zie boven, zie onderwerp, zie titel",
    # a right is named
    "right": "het recht, recht heb, recht heeft, recht om, recht op, recht tot, recht van, rechten",
    # on what a request is based
    "exercise": """
        beroep, conform, gebruik maken, gebruik van, gebruikmaken, grond van, hierbij, ingevolge, inroep*,
        krachtens, oefen*, roep ... in, uitoefenen
    """,
    # a right is used
    "uses": """
        beroep me, beroep mij, beroep op, gebruik maken, gebruik van, gebruikmaken, honoreren, in behandeling,
        inroep*, oefen*, roep ... in, uitoefenen, uitvoeren
    """,
    # what the law demands, and a request that is only mentioned
    "duty": """
        dienen jullie, dient u, het verzoek, jullie moeten, mijn verzoek, mijn verzoek tot, moet u, moeten
        jullie, u dient, u moet, uw verzoek, verplicht, verzocht*, verzoek heb
    """,
    # longer phrases that hide a word of another list
    "mask": """
        aan de hand, alle kopieen, alle rechten, alles goed, autoriteit persoonsgegevens, bedankt voor de
        herinnering, bij nader inzien, blokkade ... opheffen, blokkering ... opheffen, daarbij behoren,
        daarbij hoort, daarbij horen, dank voor de herinnering, doe ik er niets mee, doe ik er niks mee, doe
        ik niets mee, doe ik niks mee, elke kopie, erbij behoort, erbij hoord, erbij hoort, erbij horen,
        functionaris ... gegevensbescherming, haal ... uit elkaar, halen ... uit elkaar, hoe kom ik van jullie
        af, hoe kom ik van u af, iedere kopie, ik doe er niets mee, ik doe er niks mee, ik weg ben, in de
        hand, in de spam, in ieder geval, in orde, kan iemand anders, klanten van andere, kopie id*, kopie paspoort, kreeg ...
        automatisch antwoord, laat staan, naar aanleiding van, nader order, onder ogen, spam bekeken, spammap,
        tot mijn, tot nu toe, tot slot, tot zover, weg ben, weg bij, wist je dat, wist u dat, wisten jullie dat
    """,
    # --- What it is about ---
    # data of a person
    "data": """
        aanhef, aankoopgeschiedenis, aankoophistorie, aanmeldformulier, aanmelding, aanspreektitel,
        aanspreekvorm, aantekeningen, aanvraag, aanvragen, acc, account, accounts, achternaam, adres,
        adressen, afbeelding*, alle info*, allergie*, alles wat, als de heer, als heer, als man, als meneer,
        als mevrouw, als vrouw, bankrekening*, beeld*, *beelden, belhistorie, beoordeling*, bericht,
        berichten, bestelgeschiedenis, bestelhistorie, bsn, burgerlijke staat, cameraopname*, chat*, codering,
        contactformulier*, contactpersoon, contributie, correspondentie, curriculum, cv, daarvan hebben, data,
        dieet*, door mij aangeleverde, door mij verstrekt*, dossier*, emailadres*, ervan hebben, faxnummer,
        filmpje*, forum*, foto*, geb datum, gebdatum, geboortedatum, geboortejaar, geboorteplaats, geboren,
        gebruikersnaam, gegeven, *gegevens, geluidsopname*, geslacht, geslachtsaanduiding, gesprekken,
        gespreks*, gezinssamenstelling, gezondheid*, gsm, haar functie, handelingen, handtekening, heet,
        historie, huisnummer, iban, id bewijs, identiteitsbewijs, ik heb ingevoerd, ik ingevoerd, initialen,
        inschrijfformulier*, inschrijving, intake*, interview, ip, ipadres*, kaartje, kandidaatgegevens,
        kenteken, klantdossier, klantkaart, klantprofiel, klantverhaal, klikgedrag, kopie id, kredietscore,
        land, leeftijd, lijsten, locatie*, logbestand*, logboek*, loginnaam, logs, loonstrook, *mailadres,
        mailadres*, *mailadressen, mails die ik, mailtje, mailwisseling, medische*, meisjesnaam, mijn
        aangeleverde, mijn bestand, mijn bestanden, mijn functie, mijn info, mijn informatie, mijn ingevoerde,
        mijn ingevulde, mobiel, motivatiebrief, naam, namen, nationaliteit, naw, notities, nr, nummer,
        nummerplaat, nummertje, opname*, over haar, over hem, over mij, over ons, pasfoto*, paspoort*,
        personeelsdossier, persoonlijke info*, persoonsdata, portret*, postcode, prive*, profiel, profielen,
        profielfoto, quote, referentie, referentiecase, registratie, registratie*, *registraties,
        rekeningnummer, rijbewijs, roepnaam, salaris*, scan, score, sollicitatie*, spelling, stem, straat,
        straatnaam, surfgedrag, tekst, telefoongesprek*, telefoonnr, telefoonnummer*, telnr, telnummer,
        tenaamstelling, testimonial, titel, tussenvoegsel, van haar, van hem, van mij, vergetelheid, vergeten
        te worden, vergeten worden, verhaal, verjaardag, vermelding, verslag*, video*, visitekaartje,
        voorletters, voornaam, woonplaats, x_address, x_ip, zijn functie, zoekgeschiedenis
    """,
    # data of a person that one can have a copy of
    "records": """
        aantekeningen, aanvraag, alles wat, beoordeling*, berichten, chat*, correspondentie, data, dossier*,
        formulier, forumberichten, gebruikersnaam, *gegevens, geluidsopname*, *geschiedenis, gesprekken,
        gespreks*, handelingen, *historie, info van, informatie van, ip adressen, kaartje, klantkaart, logs,
        mailwisseling, mijn bestand, mijn info, mijn informatie, notities, opname*, over haar, over hem, over
        mij, over ons, persoonlijke info*, persoonskaart, profiel, registratie*, *registraties,
        telefoongesprekken, van mij, verslag*, verslagen
    """,
    # what is nobody's data: orders, invoices, contracts, files
    "thing": """
        aangifte*, aanmaningskosten, *abonnement, *abonnementen, administratie van, *afschrijving, afspraak,
        afspraken, app, apparaat, apparaten, armband*, artikel in, bankpas*, bericht op, besluit, bestelling,
        bestelling*, betaling, bijlage*, blokkade, boekhouding, boeking*, boete*, bon, bonnen, *bonnetje,
        brochure, btw*, catalogus, comment*, contract*, cursus*, de reactie, deelnemerslijst, demo, demoaccount, die reactie,
        dienst, diensten, document, documenten, domein*, dummy*, evenement*, facturen, factuur, functies,
        functionaliteit, gastenlijst, gebruiker, gebruiker test, gebruikers, gebruikerslicentie*, gravure*, grootboek*,
        presentielijst,
        handleiding*, horloge*, incasso*, jaarrekening*, kassabon*, *ketting, knop, koppeling*, kortingscode,
        *kosten, kostenplaats, les, lessen, *lessen, levering*, licentie*, lidmaatschap, lidmaatschappen,
        logo, maat, machtiging*, map, mappen, melding, meldingen, mijn pas, mijn reactie, model, modellen,
        module*, offerte*, oorbel*, order*, overeenkomst*, pagina, pakket, pakketje, pakketten, pasje, plugin,
        portaal, prijslijst, prijzen, printer, printers, privacyverklaring, product*, proefles, proefversie,
        reacties, regel, rekening, reservering*, retour*, rijles, ring, ringen, scanner, sieraad, sieraden,
        simkaart*, sjablonen, *sjabloon, software, stukje code, tarieven, template*, test administratie,
        testaccount, testadministratie, testbedrijf, testomgeving, ticket, tickets, tijdslot, toegangspas*,
        training*, trouwring*, verwerkersovereenkomst*, voorstel, voorwaarden, voucher, wachtlijst, webinar*,
        website van ons, widget, winkelmandje, winkelwagen*, workshop*, zangles, zijn pas
    """,
    # everything
    "all": """
        al mijn, al mn, alle spullen, allemaal, alles, boel, compleet, dingen, het hele zaakje, iedere,
        volledig, zooi
    """,
    # a word for what was named before
    "it": """
        daarmee, daarvan, dat, deze, die, dit, eraf, ermee, eronder, eruit, ervan, hem, het, hetgeen, hierop,
        hiervan, ze
    """,
    # who the data are about
    "person": """
        client, cliente, collega, dochter, haar, hem, hen, ik, me, mezelf, mij, mijzelf, mn, moeder, ons,
        persoon, vader, wij, zoon
    """,
    # whose they are
    "mine": "haar, hem, hun, me, mij, mijn, mijne, mn, ons, onze",
    # the writer
    "self": "heet, heten, me, mij, mijn, mn, ons, onze",
    # newsletters and lists
    "news": """
        aanbiedingenmail, aanbiedingsmail, abonneelijst, attendering*, blad, digest, e zine, jullie mail,
        kwartaalbrief, maandbrief, maandelijkse mail*, magazine, mailbestand, mailing*, maillijst*, mails,
        mailtjes, newsletter*, *nieuws, nieuws*, periodiek*, seizoensbrief, *tips, tipsmail*, updatemail*,
        updates, uw mail, verzendlijst*, weekbrief, weekmail, wekelijkse mail*
    """,
    # advertising
    "marketing": """
        aanbevelingen, aanbieding*, aanprijzing*, acquisitie, actiemail*, acties, advertentie*, belbestand*,
        bellijst*, brochures, colportage, commercieel, commerciele, directmarketing, folder*, geadresseerde
        brief, jullie post, koopjes, kortingsacties, marketing*, promo*, *reclame, reclame*, reclamemail*,
        reclamepost, reklame, te verkopen, telemarketing, uw post, verkoop gesprek*, verkoop mij, verkoopmail,
        verkoopmails, verkooppraat, verkooppraatje*, verkooptelefoontjes, verkopers, werving, wervingsacties
    """,
    # calls and messages
    "called": """
        appen, appjes, bel, bellen, belt, benader, benaderd, benaderen, contact op te nemen, contact opnemen,
        gebeld, geen post meer, gemaild, lastig, lastigvallen, mailen, mailt, niet meer ... sturen, niet meer
        sturen, niets meer ... sturen, niks meer ... sturen, sms, smsjes, telefoontjes
    """,
    # following and profiling
    "track": """
        aankoopgedrag, algoritme, analyse*, bijhouden, bijhoudt, conclusies, deelt ... in, geanalyseerd,
        geautomatiseerde, gerechtvaardigd belang, getrackt, gevolgd, herken*, hou ... bij, houden ... bij,
        houdt ... bij, in de gaten, indeelt, indelen, inschat*, inschatting, klikgedrag, koopgedrag,
        monitoren, onderzoek, personaliser*, profiel van mij opbouw*, profileert, profiler*, scoor*, scoort,
        score, statistiek*, surfgedrag, tracken, tracking, turven, volgen, volgt, voorspel*, voorspelt
    """,
    # --- The rights ---
    # to delete
    "erase": """
        af/voer/voeren/gevoerd, afgehaald, alles vergeten, anoniem maken, anoniem te maken, !anonimiseer,
        anonimiseer*, !anonimiseert u, anonimiser*, dat eraf, de papierversnipperaar, deleet, deleete*,
        delet*, !delete, !deleten, die eraf, door de papierversnipperaar, door de shredder,
        door/haal/halen/gehaald, door/streep/strepen/gestreept, !dump, dumpen, er ... uit is, er af, er uit,
        eraf halen, eraf/haal/halen/gehaald, eruit, eruit/gooi/gooien/gegooid, eruit/haal/halen/gehaald,
        gedelete, gedeletet, gegevens vergeten, gegevenswissing, gehaald ... uit, geschoond, geschrapt,
        gewist, gewist worden, gewiste, !gooi ... uit, !haal ... er uit, !haal ... uit, !haal ... van, haalt
        ... uit, haalt ... van, halen ... uit, kan eraf, !laat ... verdwijnen, laten verdwijnen, laten
        vervallen, leeg/haal/halen/gehaald, leeg/maak/maken/gemaakt, mag eraf, mag verdwijnen, me vergeten,
        mij vergeten, moet eraf, moeten eraf, mogen eraf, nummer vergeten, offline,
        offline/haal/halen/gehaald, om vergeten, ontdoe*, op/doek/doeken/gedoekt, op/hef/heffen/geheven,
        op/ruim/ruimen/geruimd, op/schoon/schonen/geschoond, !schrap, schrappen, schrapping, schrapt, schrijf
        ... uit jullie systeem, !sloop, smijt ... weg, uit ... <system>, uit ... gehaald, uit ... haalt, uit
        ... halen, uit jullie, uit/gum/gummen/gegumd, uit/vlak/vlakken/gevlakt, uit/wis/wissen/gewist,
        uithalen, van ... lijst af, van ... pagina af, van ... site af, van ... website af, van de radar,
        verdwenen, verdwijn, verdwijnen, verdwijnt, !vergeet me, !vergeet mij, vergetelheid, vergeten te
        worden, vergeten worden, !vernietig, vernietig*, !vernietigt u, versnipper*, *versnipperaar,
        !verweider, verweider*, verwijde*, !verwijder, !verwijdert u, verwijdr*, weg, weg/doe/doen/gedaan,
        weg/gooi/gooien/gegooid, weg/haal/halen/gehaald, weg/kieper/kieperen/gekieperd,
        weg/kwak/kwakken/gekwakt, weg/maak/maken/gemaakt, weg/mik/mikken/gemikt, weg/poets/poetsen/gepoetst,
        weg/smijt/smijten/gesmeten, weg/streep/strepen/gestreept, weg/veeg/vegen/geveegd,
        weg/werk/werken/gewerkt, !wis, wissen, wissing, wist, !wist u, zorg dat ... uit is
    """,
    # to keep
    "keep": """
        achterblijf*, achterblijven, behouden, behoudt, bestaan, bestaat, bewaar*, bewaren, blijft over,
        hebben, hebt, houden, houdt, onthouden, opgeslagen, opslaan, overblijf*, overblijven, sta, staan,
        staat, vasthoud*, vinden
    """,
    # no longer, nothing
    "gone": """
        geen ... meer, geen enkel, geen spoor, nergens meer, nergens voor, ni meer, nie meer, niet langer,
        niet meer, niet nog langer, niets meer, niks meer, nooit meer, nooit nog
    """,
    # to use, share, process
    "use": """
        aankom*, aanraken, bekeken, bewerk*, deelt, delen, doe met, doen met, doet met, doorgeeft, doorgeven,
        doorverkocht, doorverkoopt, doorverkopen, gebeuren, gebeurt, gebruik*, gedaan met, gedeeld, geeft ...
        door, geraadpleeg*, geven ... door, iets doen, iets doet, ingezet, ingezien worden, inzetten, inzien,
        mee doen, mee doet, mee gedaan, mee te doen, met ... werken, met ... werkt, raadpleeg*, verkocht,
        verstrekken, verstrekt, verwerk*, wijzig*
    """,
    # for a while
    "until": """
        even, gedurende, hangende, in afwachting, in de tussentijd, intussen, ondertussen, tijdelijk, tijdens,
        tot, totdat, vooralsnog, voorlopig, zolang
    """,
    # to restrict
    "freeze": """
        achter slot, af/scherm/schermen/geschermd, afblijven, alleen ... bewaren, alleen ... opslaan,
        apart/houd/houden/gehouden, apart/leg/leggen/gelegd, apart/zet/zetten/gezet, !beperk, beperken,
        beperking, beperkt, !bevries, bevriest, bevriezen, bevroren, !blijf ... af, !blijf ... van, blijft ...
        af, blijft ... van af, blijft ... vanaf, blijven ... af, !blokkeer, blokkeer*, blokkeren, blokkering,
        doe er ... niets mee, doe er ... niks mee, geblokkeerd, geparkeerd, gepauzeerd, in de ijskast, in de
        kluis, in de koelkast, in de wacht, in een kluis, in quarantaine, laat ... liggen, laten liggen, niets
        mee doen, niets mee te doen, niks mee doen, on hold, onaangeroerd, ongebruikt, ongemoeid, op een laag
        pitje, op slot, op/schort/schorten/geschort, !parkeer, parkeren, pauze, !pauzeer, pauzeer*, pauzeren,
        slot en grendel, stil liggen, stil/leg/leggen/gelegd, stil/zet/zetten/gezet, stopzetten ... tijdelijk,
        uitsluitend ... opslaan, van af blijven, vast/zet/zetten/gezet
    """,
    # what data are kept for
    "claim": """
        advocaat, bewijs, bewijsmateriaal, bezwaarprocedure, claim, geschil, geschillencommissie, juridische,
        kort geding, procedure, proces, rechtbank, rechter, rechtsvordering, rechtszaak, schadeclaim,
        verzekeraar, vordering, zitting
    """,
    # to object
    "object": """
        ben ... tegen, ben ik het ... niet mee eens, bezwaar, bezwaar maken, er tegen, erop tegen, ertegen,
        gebruik te staken, ik verbied, laat me erbuiten, laat mij daarbuiten, laat mij erbuiten, maak ...
        bezwaar, niet ... verenigen met, niet akkoord, niet blij dat, niet blij met, niet mee eens, niet
        prettig bij, niet prettig vind, oneens met, op tegen, protest, protesteer, teken ... bezwaar, verbied
        ik, verbied jullie, verbied u, verzet, verzet me, verzet mij, verzetten, voel me ... niet prettig
    """,
    # to stop
    "stop": """
        afgelopen, beeindig*, bel me niet, einde aan, geen ... meer, geen prijs, genoeg van, gestaakt, hoef
        ... niet, hoeft ... niet, hou ... buiten, !hou ... op, houd ... buiten, houd ... op, houden ... op,
        houdt het op, klaar met, laat ... buiten, liever niet, met rust, nie meer, niet gediend van, niet
        hebben, niet langer, niet meer, niet op prijs, niet van gediend, niets meer, niks meer, nooit meer,
        opgehouden, ophouden, schei ... uit, !staak, staakt, staken, staking, !stop, stopgezet, stoppe,
        stoppen, stopt, stopzetten, stopzetting, uitgezet, uitsluiten, verschoond, weg met, wil ik niet, zat,
        zit niet te wachten, zonder mij
    """,
    # consent
    "consent": """
        aangevinkt, aanvinken, aanvinkte, accepteer*, accepteerde, accepteren, akkoord*, alles accepteren, dat
        ja, eens met, fiat, gaf ik, geaccepteerd, getekend dat, goed gevonden, goed vind, goed vinden, goed
        vond, goedgevonden, goedkeuring, goedvinden, goedvond, ingestemd, instemde, instemming, ja gedrukt, ja
        gezegd, jawoord, machtigde, machtiging, mocht delen, mocht gebruiken, mochten delen, mochten
        gebruiken, oke gevonden, ondertekend, op ja, opt in, optin, permissie, toegestaan, toestaan,
        toestemming*, toezegging, vind ... goed, vink, vinkje, vond het goed
    """,
    # to take back
    "withdraw": """
        afgelopen, bedacht, bedenk me, bedenk mij, bij nader inzien, geen toestemming meer, geldt niet, geldt
        niet langer, gold alleen, herroep*, in/trek/trekken/getrokken, intrekking, is het nee, is voorbij, kom
        ... terug op, kom ... van terug, kom daarop terug, kom hierop terug, mening veranderd, nee geworden,
        neem ... toestemming ... terug, niet langer akkoord, niet langer geldig, niet langer goed, niet langer
        van kracht, niet meer akkoord, niet meer geldig, niet meer goed, niet meer mee eens, niet meer oke,
        niet meer van gediend, niet meer van toepassing, nu een nee, nu nee, ongedaan, ongeldig, op terug,
        opzeggen van, spijt, stopt hier, terug/draai/draaien/gedraaid, terug/neem/nemen/genomen,
        terug/trek/trekken/getrokken, terugkomen, toch niet, trek ... goedkeuring, trek ... toestemming,
        trekken ... toestemming, van de baan, van gedachten, vervallen, vervalt, weer uit, zeg ik nee
    """,
    # a change of mind
    "mind": "bedacht, bedenk me, bedenk mij, kom ik op terug, mening veranderd, spijt van, van gedachten veranderd",
    # to leave a list
    "offlist": """
        af van, af/bestel/bestellen/besteld, af/meld/melden/gemeld, afmelding, ervan af, geen e mails meer,
        geen mail meer, geen mails meer, geen mailtjes meer, haal ... van ... <list>, !haal me ... af, !haal
        mij ... af, kan ik daar ... uit, kom ... af, kom ik van ... <list> af, optout, opzeggen ...
        nieuwsbrief, schrap ... van ... <list>, stop met emailen, stop met mailen, stop met mails, stop met
        mailtjes, uit de mail*, uit de verzend*, uit/schrijf/schrijven/geschreven, uitschrij*, uitschriv*,
        uitzetten, unsubscr*, van ... <list> af, van ... <list> gehaald, van ... <list> halen, van de ...
        lijst, van de mail*, van de verzend*, van jullie lijst, van uw lijst, verwijder ... van ... <list>,
        wil er vanaf, wil ik vanaf, zeg ... nieuwsbrief ... op
    """,
    # to take along or hand over
    "port": """
        dataoverdraagbaarheid, dataportabiliteit, doorsturen naar, doorzenden, doorzetten naar,
        gegevensoverdraagbaarheid, kan ... uploaden, kunnen uploaden, mee/krijg/krijgen/gekregen,
        mee/neem/nemen/genomen, meegegeven, meegeven, migrer*, neem ... mee naar, over/breng/brengen/gebracht,
        over/draag/dragen/gedragen, over/hevel/hevelen/geheveld, over/zet/zetten/gezet, overdraagbaarheid,
        overdracht, portab*, rechtstreeks, sturen ... door naar, stuur ... door aan, stuur ... door naar,
        verhuis, verhuist, verhuizen
    """,
    # a form that a machine reads
    "format": """
        als bestand, bestandje, bestandsformaat, computerleesbaar, csv, csv*, dat ... kan stoppen, digitaal
        bestand, digitaal formaat, digitale vorm, downloadbaar, dump, elektronisch formaat, excel, excel*,
        export, exportbestand*, exporter*, gangbaar, gangbare, gestructureerd*, herbruikba*, import,
        importer*, in een bestand, in te laden, in te lezen, inlaadt, inladen, inleest, inlezen, json, kan
        inladen, kan inlezen, kan openen, kunnen inladen, kunnen inlezen, kunnen openen, leesbaar formaat,
        machine leesba*, machineleesba*, open formaat, slikt, spreadsheet, standaardformaat, stick, stickje,
        uploaden, usb, xls, xlsx, xml, zip, zipbestand
    """,
    # another provider
    "other": """
        ander bedrijf, ander instituut, ander kantoor, ander pakket, ander programma, ander systeem, andere
        aanbieder, andere aanbod, andere accountant, andere app, andere boekhouder, andere dienst, andere
        dienstverlener, andere leverancier, andere partij, andere praktijk, andere software, concurrent, een
        ander, elders, ergens anders, ga ik over, ga naar een, ga over naar, gestapt, naar een andere, nieuw
        kantoor, nieuw pakket, nieuwe aanbieder, nieuwe accountant, nieuwe app, nieuwe bank, nieuwe
        behandelaar, nieuwe boekhouder, nieuwe club, nieuwe dienst, nieuwe dienstverlener, nieuwe leverancier,
        nieuwe partij, nieuwe programma, nieuwe software, nieuwe systeem, nieuwe tool, overstap*, stap over,
        stappen over, stappen we over
    """,
    # to correct
    "change": """
        aan/pas/passen/gepast, aan/vul/vullen/gevuld, aanpasse, aanpassing*, aanvulling,
        bij/werk/werken/gewerkt, correctie*, !corrigeer, corrigeer*, corriger*, dit doorvoeren, dit verwerken,
        gecorrigeerd, geupdate, geupdatet, gewijzigd, goed zetten, goedzetten, graag verwerken, haal ... te
        veel, kloppend maken, kloppend te maken, om te draaien, om/wissel/wisselen/gewisseld, omdraaien,
        omzetten, overschrijv*, recht te zetten, recht/zet/zetten/gezet, rectific*, !rectificeer,
        toe/voeg/voegen/gevoegd, u dat verwerken, update, updaten, !verander, verander*, !verbeter, verbeter*,
        !vervang, vervang*, verwerk ... administratie, verwerken in ... administratie, verwijder ... te veel,
        !wijzig, wijzig*
    """,
    # to put or write, when a new value stands beside it
    "set": "doorvoeren, !gebruik, !maak, maken, !neem, !noteer, noteren, opnemen, !schrijf, !zet, zetten",
    # is wrong
    "wrong": """
        aangeschreven als, aangesproken als, achterhaald*, ben ik niet, betwist, fout*, incorrect*, kloppen
        niet, klopt ... niet, misgegaan, misleidend, niet correct, niet goed, niet juist, noemt me, noemt mij,
        omgedraaid, omgewisseld, onjuist*, ontbreekt, ontbreken, onvolledig*, oud adres, oude <field>, oude
        achternaam, oude adres, oude emailadres, oude gegevens, oude mailadres, oude naam, oude nummer,
        schrijft me ... aan, schrijft mij ... aan, spelfout, spelling, spreekt mij, tenaamstelling, tikfout,
        typefout, vergissing, vergist, verkeerd*, verouderd*, verwisseld, was ik niet
    """,
    # is now
    "newvalue": """
        correct is, dat moet, die moet, dient te zijn, en niet, gescheiden, gespeld, getrouwd, geworden, heet
        ik, heet nu, hoort te zijn, huwelijk, ik heet, in plaats, ipv, is gewijzigd, is inmiddels, is met een,
        is niet ... maar, is nu, is veranderd, juiste, luidt, met dubbel, met een d, mijn nieuwe ... is, moet
        ... zijn, niet als, niet langer ... maar, nieuw, nieuwe, per ... woon, scheiding, schrijf je met, spel
        je, verandert ... in, verhuis, verhuisd, verhuizen, voortaan ... gebruiken, wijzigt, wonen nu, wonen
        we, wonen wij, woon ik, woon inmiddels, woon nu, zit nu
    """,
    # states a value, wrong or right
    "states": """
        achternaam is, adres is, geboortedatum is, mailadres is, mijn naam is, naam is, nummer is, voornaam is
    """,
    # access
    "access": """
        dsar, gegevensoverzicht, ingezien, inkijk, inkijk*, inkijken, inzage*, inzicht, inzien, om toegang,
        toegang overeenkomstig, toegang tot de gegevens, toegang tot de volgende, toegang tot mijn gegevens,
        toegang tot mijn persoons*
    """,
    # to see, know, have
    "see": """
        aan/lever/leveren/geleverd, aanlever*, achterhalen, afschrift*, bekijken, beluisteren, benieuwd,
        bevestig*, door te nemen, doorgeven, doornemen, duidelijkheid, erachter komen, !geef, geeft, geven,
        hebben, hoor, horen, !informeer, informeert, informeren, inlichten, inlichting*, kopie*, krijg,
        krijgen, laat zien, laten zien, leg ... voor, lezen, lijst, lijstje, mag ik ... terug, !mail, mailen,
        mededelen, meedelen, meld, melden, nieuwsgierig, ontvang*, opsommen, opsomming, opsturen, opvrag*,
        overhandig*, overzicht*, printen, printje, sturen, !stuur, stuur*, te lezen, terug te luisteren,
        terugkijken, terugluisteren, terugzien, toe te zenden, toekomen, toesturen, toezenden, toezending,
        tonen, !toon, uitdraai, uitdraaien, uitprinten, uitzoeken, verneem, vernemen, verstrek, verstrekken,
        verstrekking, verstrekt, vertel*, vraag ... op, weten, zag graag, zend, zenden, zien
    """,
    # to send
    "give": """
        aan/lever/leveren/geleverd, aanleveren, bezorgen, !geef, geven, klaarzetten, krijg, krijgen, mailen,
        ontvang*, opsturen, sturen, !stuur, toesturen, toestuurt, toezenden, zenden
    """,
    # a copy
    "copy": "afdruk, afschrift*, inzage, kopie*, lijst, lijstje, opgave, overzicht*, transcript*, uitdraai",
    # question words
    "what": "hoe, waar, waarom, waarvandaan, wat, welke, wie",
    # to have, store, know
    "hold": """
        bekeken, bekend, bewaar*, bewaart, bewaren, bijgehouden, bijhoud*, bijhouden, bijhoudt, figureert,
        gedeeld, gekregen, genoteerd, geopend, geregistreerd, gezien, heb, hebben, hebt, heeft, ingezien,
        liggen, noteren, opgeschreven, opgeslagen, opslaan, registreren, staat, vastgelegd, vastleg*,
        vastligt, verwerken, verwerkt, verzamel*, weet, weten
    """,
    # what you have about me, where from, who has seen it
    "whatdata": """
        aan welke, aan wie ... gegeven, aan wie ... verstrekt, aan wie jullie, aan wie u, alles wat je, alles
        wat jullie, alles wat u, gegevens die jullie, gegevens die u over, gegevens die u van mij, hebben
        jullie gegevens, hebben jullie nog, hebt u gegevens, heeft u gegevens, hoe bent u aan, hoe jullie aan,
        hoe kom je aan, hoe komen jullie aan, hoe komt u aan, hoe u aan, hoe zijn jullie aan, hoor ik graag
        welke, met welke partijen, met wie ... gedeeld, met wie jullie, met wie u, met wie ze, of er gegevens,
        of er iets over mij, of ik bij jullie, of ik bij u, of ik in jullie, of ik in uw, of jullie ... over
        mij, of jullie gegevens, of u ... over mij, of u gegevens, sta ik bij, sta ik in, sta ik nog, staan er
        gegevens, van wie, van wie hebben, van wie heeft, waar ... vandaan, waar haalt u, waar hebben jullie,
        waar hebt u, waar heeft u, waar je mijn, waar jullie mijn, waar u mijn, waarom jullie mijn gegevens
        hebben, waarom u mijn, waarvandaan, wat bewaart u over, wat bewaart u van mij, wat bewaren jullie van
        mij, wat bij jullie over mij, wat bij u over mij, wat er ... in mijn, wat er ... over haar, wat er ...
        over hem, wat er ... over mij, wat er ... van mij, wat er allemaal, wat er bekend, wat er onder mijn,
        wat er vastligt, wat heb je, wat heb jullie, wat hebben jullie, wat hebt u, wat heeft u, wat hou je,
        wat houden jullie, wat houdt u, wat is er allemaal, wat is er bekend, wat is er over mij, wat is er
        van mij, wat is opgeslagen, wat is vastgelegd, wat je ... over mij, wat je ... van mij, wat jullie ...
        over hem, wat jullie ... over me, wat jullie ... over mij, wat jullie ... van me, wat jullie ... van
        mij, wat jullie bijhouden, wat ligt er, wat slaan jullie, wat slaat u, wat staat er ... in mijn, wat
        staat er ... over mij, wat staat er allemaal, wat u ... over hem, wat u ... over mij, wat u ... van
        me, wat u ... van mij, wat voor gegevens, wat voor info*, wat weet je, wat weet u, wat weten jullie,
        welke *gegevens, welke bedrijven, welke data, welke handelingen, welke info*, welke persoons*, wie ...
        in mijn, wie ... ingezien, wie allemaal, wie gaf, wie heeft ... gegeven, wie heeft ... gekeken, wie
        heeft ... mijn, wie heeft dat, wie mijn
    """,
    # is asked for something else: what do you need
    "need": """
        aanleveren, het beste, hoe lang, hoelang, hoeveel, invullen, kost, kosten, meesturen, moet ik, moeten
        wij, nodig
    """,
    # this is about personal data at all
    "privacy": """
        account, afmeld*, avg, bezwaar, data, gdpr, *gegevens, inzage*, privacy*, profiel, uitschrij*,
        verwijder*, wissen
    """,
    # --- The whole letter ---
    # an earlier request
    "earlier": """
        2e keer, 2e verzoek, 3e keer, 3e verzoek, aanmaning, al drie keer, al eerder, al gemaild, al
        meermaals, al twee keer, brief, derde keer, derde verzoek, diende ik, eerder geschreven, eerder
        gestuurd, eerder gevraagd, eerder verzoek, eerdere verzoek, gevraagd ... te, gevraagd om, had ...
        gevraagd, had ik gemaild, heb ... gemaild, heb ... gevraagd, heb ik ... gedaan, heb ik ... geschreven,
        heb ik ... gestuurd, heb ik al, herhaaldelijk, herinner*, ik heb ... gevraagd, ik u schreef, ik vroeg,
        in gebreke, ingebreke*, ingediend, maand geleden, mail ik, mailde, meermaals, mijn bericht van, mijn
        eerdere, mijn email van, mijn mail van, mijn schrijven, mijn vorige, nogmaals het verzoek, nogmaals
        verzoek, nogmaals vragen, ons schrijven, ontvangstbevestiging, rappel, reageren op mijn, reminder,
        schreef ik, stuurde ik, tweede keer, tweede verzoek, verzocht, *verzoek ... gedaan, *verzoek ...
        gestuurd, *verzoek ... gezonden, *verzoek ... verstuurd, *verzoek d d, verzoek dd, verzoek gedaan,
        verzoek gestuurd, *verzoek van, vorige maand, vraag nogmaals, vroeg ik, vroeg je, vroeg jullie, vroeg
        om, vroeg u, vroegen wij, wachten, weken geleden
    """,
    # a request, perhaps this one
    "request": "mijn *verzoek, ons *verzoek, mijn bezwaar, mijn klacht",
    # that nobody answered
    "silence": """
        aanmaning, al te laat, alsnog, alweer, bent te laat, bleef stil, bleef uit, blijft het stil, blijft
        stil, blijft uit, bump, doodse, doodstil, eens antwoorden, eens reageren, gebeurt ... niets, gebeurt
        ... niks, gebleven is, geduld is op, geduld raakt op, geen ... antwoord, geen ... reactie, geen
        bericht, geen bevestiging, geen enkel bericht, geen gehoor, geen taal, geen teken, geen woord,
        genegeerd, hebben jullie niet, heeft u niet, herinner ik, herinner u, herinnering, hoe staat het, hoor
        ik maar niets, hoor ik niets, hoor ik niks, hoor niets, hoor niks, inmiddels verstreken, is niets
        gebeurd, is niks gebeurd, is niks mee gebeurd, is verstreken, jullie niet gedaan, krijg ik weer, laat
        ... op zich wachten, maand ... voorbij, maand is om, negeert, negeren, niet gereageerd, niets gebeurd,
        niets gebracht, niets gehoord, niets heb ontvangen, niets meer gehoord, niets ontvangen, niets op
        gehoord, niets terug, niets teruggehoord, niets van gehoord, niets van jullie gehoord, niets van u
        gehoord, niets vernomen, niks gebeurd, niks gehoord, niks meer gehoord, niks ontvangen, niks terug,
        niks teruggehoord, niks van gehoord, niks vernomen, nog altijd, nog geen, nog niets, nog niks, nog
        steeds, nog steeds niets, nooit ... reactie, nooit antwoord, nooit iets gehoord, nooit meer iets,
        onbeantwoord*, op zich laten, ping, radiostilte, rappel, ruim te laat, sindsdien geen, sindsdien
        niets, sindsdien niks, stand van zaken, status van, stil gebleven, stilte, taal noch teken, termijn
        ... om, termijn ... overschreden, termijn ... verstreken, termijn ... voorbij, tevergeefs, u niet
        gedaan, uitblijven*, uitgebleven, veel te laat, verstrijken van, waar ... gebleven, waar blijft, waar
        is de rest, wacht al, wacht nog, wacht op antwoord, wacht op een, wachten al, wachten nog, wanneer ...
        antwoord, wanneer ... antwoorden, wanneer ... verwachten, wanneer ik ... verwachten, wanneer kan ik
        ... verwachten, wanneer komt, wat is de stand, weer mail, weer post, zonder enig resultaat, zonder
        gevolg, zonder resultaat, zou ... terugkomen, zouden ... terugkomen
    """,
    # something on top of it
    "also": """
        bij nader inzien, bovendien, daarbovenop, daarnaast, in plaats daarvan, inmiddels, komt ... bij, nieuw
        verzoek, nog een ding, nog iets, nog wat anders, ook, tegelijk, tevens, voortaan
    """,
    # for somebody else
    "behalf": """
        bewindvoerder, client, cliente, collega, curator, gemachtigd*, mentor van, mijn broer, mijn buurman,
        mijn buurvrouw, mijn client*, mijn dochter, mijn kind, mijn man, mijn moeder, mijn oma, mijn opa, mijn
        partner, mijn schoonmoeder, mijn schoonvader, mijn vader, mijn vrouw, mijn zoon, mijn zus, namens,
        onze dochter, onze zoon, overleden, volmacht, wettelijk vertegenwoordiger
    """,
    # the supervisory authority
    "authority": "autoriteit persoonsgegevens, gba, geachte autoriteit, toezichthoudende autoriteit, toezichthouder",
    # a complaint is handed in
    "complains": """
        dien ... klacht in, dien ik ... klacht, hierbij ... klacht, klacht indienen, klacht ingediend, klacht
        over, klacht tegen
    """,
    # signing in
    "password": """
        2fa, authenticator, ingelogd, inlog*, kan ... niet bij, kom ... niet in, log ... in, login*, niet meer
        bij mijn, niet meer in mijn, pincode, toegang ... account, verificatiecode*, wachtwoord*, weer toegang
    """,
    # ending a contract
    "cancellation": """
        annuleer*, annuler*, beeindig*, herroepingsrecht, ontbind*, opgezegd, opzeg*, stopzetten abonnement,
        zeg ... op, zeggen ... op
    """,
    # customer service
    "support": """
        bestelling*, bug, crasht, demo, facturen, factuur, foutmelding*, helpdesk, levering*, lukt niet,
        offerte*, openingstijden, prijs, prijzen, retour*, storing*, werkt niet
    """,
    # for a thesis, a newspaper
    "study": """
        artikel over, cijfers over, collega ondernemer, enquete, geachte leverancier, havo, hoe wij hierop,
        hoe wij moeten, ik studeer, interview voor, jaarlijkse uitvraag, journalist*, onze verwerkers,
        opdracht voor, podcast, project over, redactie van, schoolproject, scriptie, spreekbeurt, thesis, tips
        hoe, voor mijn studie, voor school, voorbeeldbrief, vragenlijst, vwo, werkstuk
    """,
    # an automatic answer
    "robot": """
        afwezig*, automatisch antwoord, automatische reactie, autoreply, buiten kantoor, out of office,
        vakantie tot
    """,
    # somebody who sells
    "sales": """
        bieden wij, demo aan, gratis demo, korting op, maak kennis, onze oplossing, onze software,
        vrijblijvend*, whitepaper, wij bieden
    """,
    "onward": """
        aan wie ... doorgegeven ook, derden ... informeren, derden ... op de hoogte, informeer ... ontvangers,
        informeer ... partijen, informeert ... derden, informeert ... ontvangers, informeert ... partijen,
        ontvangers ... informeren, ontvangers ... op de hoogte, ontvangers ... verwittigen, partijen ...
        informeren, partijen ... op de hoogte
    """,
    "about_me": """
        aangaande mij, betreffende mij, inzake mij, met mijn naam, mij aangaande, mij betreffende, mijn
        *gegevens, mijn <field>, mijn data, mijn gegevens, omtrent mij, onder mijn naam, op mijn naam, op mijn
        persoon, over haar, over hem, over me, over mij, over mijn, over ons, rond mij, rond mijn, van me, van
        mij, van mn, van ons
    """,
    "recording": "*beeld, beelden, *beelden, geluidsfragment*, *opname, opname*, *opnames",
    "repair": "!herstel, herstel*",
    "renew": """
        alsnog, andermaal, herhaal*, nog een keer, nog eens, nogmaals, nu echt, nu meteen, opnieuw, wederom
    """,
    "reply": "antwoord, antwoorden, reactie, reageert, reageren, terugkoppeling, wanneer",
    "field": """
        aanhef, *adres, *adressen, bankrekening*, email, geb datum, geboortedatum, geboortejaar, geboren,
        geslacht, huisnummer, iban, land, mail, *naam, *namen, *nummer, nummertje, postcode, rekeningnummer,
        spelling, telefoon*, telefoonnr, titel, voorletters, woonplaats
    """,
    "calls_me": "aangesproken als, noemt me, noemt mij, spreekt me aan, spreekt mij aan",
    "announces": "mijn adres is nu, mijn adres wordt, mijn nieuwe ... is, nieuw adres is, ons nieuwe ... is",
    "howto": "de knop, hoe doe ik, hoe kan ik, hoe moet ik, waar kan ik, waar vind ik, waar zit, welke knop",
    "system": """
        administratie, app, archief, archieven, bestand, *bestand, bestanden, *bestanden, boeken, computer,
        computers, crm, database, databases, facebook, google, instagram, internet, jullie systeem,
        kaartenbak, lijst, *lijst, lijsten, *lijsten, pagina, *pagina, radar, register, site, systeem,
        systemen, website
    """,
    "halt": """
        gestaakt, hou ... op, hou op, houd ... op, houd op, kap, ophouden, schei ... uit, !staak, staak*,
        staken, !stop, stop*, stoppe
    """,
    "recipients": """
        adverteerders, andere bedrijven, andere partijen, anderen, derden, doorverkocht, partners, verkocht
    """,
    "writer": "ik, we, wij",
    "confirm": "bevestig*",
    "no_objection": "geen bezwaar",
    "ticket": "aanvraag, ticket, *verzoek",
    "unaware": """
        weet er niet van, weet er niets van, weet hier niet van, weet hier niets van, weet niet dat ik, weten
        niet dat ik
    """,
}

SPELLING = """
    verwijderen verwijder verwijderd gegevens persoonsgegevens account nieuwsbrief inzage toestemming bezwaar
    uitschrijven afmelden wijzigen aanpassen vernietigen informatie alstublieft alsjeblieft telefoonnummer
    emailadres mailadres privacy reclame aanbiedingen overdragen corrigeren veranderen bewaren gebruiken profiel
    intrekken geboortedatum achternaam nieuwsbrieven uitschrijving afmelding overzicht verwerking verwerken
    beperken beperking rectificatie rectificeren verwijdering klantgegevens vergetelheid toestemmingen
"""
"""Words whose misspellings are recognised."""
