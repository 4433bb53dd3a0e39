"""How people ask in German, well enough to name the probable right for a person. Umlauts are written as plain vowels."""

COMMON = """
    der die das und ich sie ihr mein meine nicht dass ist mit bitte von zu fur auf hallo guten ein eine wir
    haben sehr habe mir den es
"""
"""The commonest words, by which the language is told."""

KINDS = {
    # where data are kept
    "system": "akten, archiv, bestand, computer, datenbank*, kartei, system, systemen, unterlagen",
    # a newsletter or list, in one word
    "list": "newsletter*, verteiler*, *liste, mailing*",
}
"""Words that stand for one another in a phrase: `uit ... <system>`."""

CONCEPTS = {
    # --- Who asks, and how ---
    # somebody wants something: I want, please, I hereby request, may go
    "ask": """
        andern sie, antrag, beantrage, beantragen, bitte, bitten, brauche, dankbar, darf weg, durfen sie,
        durft ihr, entfernen sie, ersuche, ersuchen, fordere, fordere auf, fordere sie, fordern, freue mich,
        geben sie, gebt, gerne, hatte, hatte ich gern, hiermit, ich bin dafur, ich bitte, ich hatte gern, ich
        mochte, ich will, kann weg, konnen weg, konnt ihr, lassen sie, lasst, loschen sie, loscht, mache ...
        geltend, mache gebrauch, mochte ich, mochten wir, mogen sie, mussen, mussen sie, nehmen sie, nehmt,
        schicken sie, schickt, sei so gut, seid so gut, seien sie doch so gut, seien sie so gut, senden sie,
        sie sollen, sind ... zu, soll, sollen, streichen sie, streicht, teilen sie, teilt, tragen sie, tragt,
        verlange, verlangen, ware dankbar, ware nett, ware schon, werfen sie, werft, will erfahren, will ich,
        will ich erfahren, wunsche, wunschen, wurde gern
    """,
    # an order, whatever it is
    "order": "!gebt, !haltet, !lasst, !legt, !macht, !nehmt, !setzt",
    # has to or may be done, by whoever holds the data
    "must": "darf, durfen, gehoren, gehort, muss, mussen, soll, sollen",
    # a demand in nouns
    "demand": "auskunft uber, berichtigung, einschrankung, kopie, loschung, ubertragung, widerruf",
    # a request in the form of a question: could you
    "polite": """
        kann jemand, kann man das, kannst du, konnen sie, konnt ihr, konnten sie, konntest du, konntet ihr,
        wollen sie, wurden sie, wurdest du, wurdet ihr
    """,
    # a question that may be a request: can I, is it possible
    "may": "darf ich, ist es moglich, kann ich, konnen wir, konnte ich",
    # a question or a thought about it: how does it work, suppose I asked
    "about": """
        angenommen, automatisch, eigentlich, eventuell, falls ich, frage mich, fragen ob, habe ich das recht,
        habe ich ein recht, hausarbeit, im allgemeinen, irgendwann, jemand, kann man, muss ich, neugier*, ob
        ich, seminar, theoretisch, uberlege, uberlegen, vielleicht, was bedeutet, was passiert, wie
        funktioniert, wie geht, wie kann ich, wie lange, wissen ob, wurde, wurden dann
    """,
    # people whose data the writer handles, and what they ask
    "others": """
        anfragen von, betroffenen, betroffener, ein kunde, eine kundin, mein ex*, meine ex*, meiner ex*,
        meines ex*, unsere kunden, unsere mitglieder, unserer kunden
    """,
    # what somebody else said or does
    "reported": """
        behauptet, ich weiss dass, laut ihrer, meinte, riet, sagte, sagten, schrieb dass, sie mochten, sie
        wollen
    """,
    # sounds like asking and is not: I want to thank you
    "not_ask": "danke fur, vielen dank fur die",
    # what was done or asked before
    "past": """
        habe ... geloscht, haben ... geloscht, ist geloscht, schlug vor, sind geloscht, widersprochen, wurde
        geloscht, wurden geloscht
    """,
    # not
    "neg": "kein, keine, keinen, keinerlei, nicht, nichts, nie, niemals, nix, ohne, weder",
    # a "not" that denies nothing: no longer, do not forget
    "notneg": """
        ich kann ... nicht, ich selbst ... nicht, kann ich ... nicht, kein interesse, kein kunde, keine
        kundin, keine lust, keine verwendung, nicht korrekt, nicht langer, nicht mehr, nicht nur, nicht
        richtig, nicht vergessen, nicht verpflichtet, nicht zufrieden, ohne rechtsgrund*, vergessen sie nicht
    """,
    # single words between two clauses
    "hence": "aber, anschliessend, bis, da, damit, danach, dann, denn, oder, solange, sondern, sowie, und, weil",
    # what begins a condition
    "if": "falls, sofern, sollte, sollten, wenn",
    # do what was spoken of before: go ahead
    "doit": "erledigen, machen sie das, tun sie das, veranlassen",
    # the subject of the letter says what is asked
    "subjectref": "im betreff, siehe betreff, wie oben",
    # a right is named
    "right": "das recht, recht auf, rechte, rechts auf",
    # on what a request is based
    "exercise": "aufgrund, ausuben, berufe, geltend, gem, gemass, hiermit, mache, nach art*",
    # a right is used
    "uses": "ausube, ausuben, gebrauch, geltend",
    # what the law demands, and a request that is only mentioned
    "duty": "antrag auf, haben sie, meinem antrag, meinen antrag, meinen wunsch, mussen sie, sind sie, verpflichtet",
    # longer phrases that hide a word of another list
    "mask": "alles gute, bis heute, bis jetzt, datenschutzbeauftragte*, vor allem",
    # --- What it is about ---
    # data of a person
    "data": """
        account*, *adresse, *adressen, akte, alles was, anfrage, angabe*, anrede, anschrift, aufnahme*,
        ausweis*, benutzerkonto, besuche, bewerbung*, bild*, chat*, data, *daten, eingegebenen, eingetragenen,
        eintrag, familienname, foto*, fuhrerschein, geburtsdatum, geburtsname, gefuhrt,
        gesprachsaufzeichnung*, heisse, hochgeladenen, interessent, interessentin, ip, kartei, klickverhalten,
        kontaktformular, konto, kundenakte, kundenkonto, lebenslauf, mich betreffend*, nachname*, nachricht,
        nachrichten, name, namen, *nummer, postleitzahl, profil*, protokoll*, scan, schreibweise,
        staatsangehorigkeit, standort*, strasse, titel, uber mich, unterlagen, vergessen werden,
        vergessenwerden, verlauf, video*, von mir, vorname*, x_address, x_ip, zu meiner person
    """,
    # data of a person that one can have a copy of
    "records": """
        akte, alles was, angaben, aufzeichnung*, chat*, data, *daten, gesprach*, informationen, kopie, profil,
        protokoll*, uber mich, unterlagen, verlauf, von mir, zu meiner person
    """,
    # what is nobody's data: orders, invoices, contracts, files
    "thing": """
        abo, abonnement*, angebot*, armband, auftrag*, beleg, beleg*, bestellung*, buchung*, datei*, gravur*,
        kette, kommentar*, mitgliedschaft*, produkt*, quittung*, rechnung*, reservierung*, ring, termin*,
        testfirma, testkonto, ticket*, vertrag*, warenkorb
    """,
    # everything
    "all": "alle, alles, ganze, samtliche, samtlicher",
    # a word for what was named before
    "it": "das, dies, diese, dieses, es, ihn, sie",
    # who the data are about
    "person": "ihn, mandant*, mich, mir, mutter, sohn, tochter, uns, vater",
    # whose they are
    "mine": "ihre, mein*, mich, mir, uns, unser*",
    # the writer
    "self": "mein*, mich, mir, uns",
    # newsletters and lists
    "news": """
        infomail*, mailingliste*, mails, mailverteiler*, nachrichten, newsletter*, rundbrief*, rundmail*,
        verteiler*
    """,
    # advertising
    "marketing": """
        angebote*, anrufliste, direktwerbung, katalog*, marketing*, prospekt*, reklame, verkaufsgesprach*,
        vertreteranruf*, werbe*, werbung
    """,
    # calls and messages
    "called": "angerufen, anruf*, anzurufen, belastig*, kontaktieren",
    # following and profiling
    "track": """
        analyse*, analysieren, ausgewertet, auswert*, berechtigte* interess*, bewertung, profiling,
        statistik*, surfverhalten, tracking, verfolg*
    """,
    # --- The rights ---
    # to delete
    "erase": """
        anonymisier*, aus ... kartei, aus eurem system, aus ihrem system, aus/trag/tragen/getragen,
        ausloschen, beseitig*, entfern*, !entfernt, gehoren geloscht, geloescht, geloscht, geschwarzt,
        gestrichen, heraus/nehm/nehmen/genommen, loeschen, loeschung, !losch, losch*, !losche, !loschen,
        !loscht, nehmen ... aus, nehmt ... aus, nimm ... aus, platt/mach/machen/gemacht, radier*, raus,
        raus/nehm/nehmen/genommen, raus/werf/werfen/geworfen, rausfliegen, raushol*, schmeissen ... weg,
        schmeisst ... weg, streichen, tilg*, vergessen werden, vergessenwerden, vernicht*, verschwinden,
        verschwindet, weg, weg/werf/werfen/geworfen, wegmachen, wirf ... weg
    """,
    # to keep
    "keep": "aufbewahr*, aufheben, behalten, bleiben, gespeichert, haben, speicher*, stehen, ubrig",
    # no longer, nothing
    "gone": "nicht langer, nicht mehr, nichts mehr",
    # to use, share, process
    "use": "anfassen, gebrauch*, nutz*, verarbeit*, verwend*, verwertet, weitergeben, weitergegeben, weiterverwenden",
    # for a while
    "until": "bis, einstweilen, solange, vorerst, vorlaufig, wahrend, zunachst",
    # to restrict
    "freeze": """
        auf eis, einfrier*, eingefroren, eingeschrankt, einschrank*, einzuschrank*, frieren ... ein, friert
        ... ein, gesperrt, pausier*, ruhen lassen, schranken ... ein, schrankt ... ein, sperr*, stilllegen
    """,
    # what data are kept for
    "claim": "anwalt, beweis*, gericht, klage, prozess, rechtsanspruch*, rechtsstreit",
    # to object
    "object": """
        bin dagegen, dagegen, damit nicht einverstanden, einspruch, nicht einverstanden, untersage, verbiete,
        verbitte, wehre mich, widerspreche, widersprechen, widerspricht, widerspruch
    """,
    # to stop
    "stop": """
        aufhoren, einstellen, horen sie auf, hort auf, keine, keinen ... mehr, nicht mehr, nie wieder,
        schluss, stop, stopp*, unterbleib*, unterlassen, unterlasst, unterlassung, verschont, weder
    """,
    # consent
    "consent": """
        eingewilligt, einverstandnis, einwilligung*, erlaubnis, erlaubt, hakchen, ja gesagt, zugestimmt,
        zustimmung*
    """,
    # to take back
    "withdraw": """
        aufgehoben, beenden, erlischt, gilt nicht, hinfallig, nehme ... einwilligung, nicht mehr, rueckgangig,
        uberlegt, ungultig, widerruf*, ziehe ... einwilligung, zuruck, zuruckgenommen, zurucknehm*,
        zuruckzieh*
    """,
    # a change of mind
    "mind": "anders uberlegt, es mir uberlegt, meine meinung geandert",
    # to leave a list
    "offlist": """
        abbestell*, abgemeldet, abmeld*, aus ... verteiler*, aus dem verteiler, aus eurem verteiler, aus ihrem
        verteiler, austragen, melden ... ab, meldet ... ab, tragen ... aus, tragt ... aus, unsubscribe, vom
        ... verteiler*, vom newsletter, von der liste
    """,
    # to take along or hand over
    "port": """
        datenubertragbarkeit, direkt an, exportier*, mitnehmen, portabilitat, schicken ... an, senden ... an,
        uberfuhr*, ubergeben, ubermitteln ... an, uberspiel*, ubertrag*, umzieh*, umzug, weiterleiten an
    """,
    # a form that a machine reads
    "format": """
        csv, datei, einlesbar*, einlesen, excel, export, exportdatei, gangig*, importier*, json, lesbaren
        format, maschinenlesbar*, strukturiert*, weiterverwendbar*, xml
    """,
    # another provider
    "other": """
        anderen anbieter, anderen dienst, anderen kalenderdienst, anderer anbieter, anderes programm, eine
        andere, einen anderen, konkurrenz, neue software, neuen anbieter, neuen dienstleister, neuen
        steuerberater, neuer anbieter, neues programm, wechsel*, wechsle
    """,
    # to correct
    "change": """
        aktualisier*, !aktualisiert, andere sie, andern, andern sie, !andert, anderung*, anpass*, ausbesser*,
        berichtig*, !berichtigen, ein/trag/tragen/getragen, erganz*, ersetzen, geandert, hinzufugen,
        hinzugefugt, korrektur, korrigier*, !korrigiert, nach/trag/tragen/getragen, passt ... an, richtig
        stellen, richtigstell*, tragen sie ... ein, umandern, umschreib*, vervollstandig*
    """,
    # to put or write, when a new value stands beside it
    "set": "eintragen, schreiben, !schreibt, setzen, verwenden",
    # is wrong
    "wrong": """
        alte adresse, alte anschrift, falsch*, fehler*, nicht korrekt, nicht richtig, stimmt nicht,
        tippfehler, unrichtig*, unvollstandig*, veraltet*, vertippt
    """,
    # is now
    "newvalue": """
        die richtige, geheiratet, geschrieben mit, heisse, heisst, korrekt ist, lautet, mit doppel, muss es
        heissen, muss heissen, neue adresse, neue anschrift, neue mailadresse, neue nummer, neuerdings,
        nunmehr, richtig, schreibt sich, sein muss, seit ... bin ich, seit ... neue, statt, umgezogen, wird
        geschrieben, wohne jetzt, wohne nun
    """,
    # states a value, wrong or right
    "states": "adresse ist, name ist, nummer ist",
    # access
    "access": "auskunft*, datenauskunft, datenkopie, einsehen, einsicht*, kopie meiner, selbstauskunft",
    # to see, know, have
    "see": """
        anhoren, ansehen, auflist*, aufstellung, ausgehandigt, bekommen, erfahren, erhalten, geben, gewusst,
        haben, informieren, kopie*, mitgeteilt, mitteilen, nennen, sagen, schick*, sehen, senden, sendet,
        teilen ... mit, ubersicht, verraten, was bisher, wissen, zeigen, zeigt, zukommen, zusammenstellung,
        zusenden
    """,
    # to send
    "give": "bekommen, erhalten, geben, schicken, senden, zukommen, zusenden",
    # a copy
    "copy": "abschrift, aufstellung, ausdruck, auszug, kopie*, liste, ubersicht",
    # question words
    "what": "was, welche, welcher, wem, wer, woher",
    # to have, store, know
    "hold": """
        aufbewahrt, ausgewertet, bekannt, erfasst, gesammelt, gespeichert, haben, habt, hat, liegt, speicher*,
        verarbeit*, vorliegen, vorliegt, weitergegeben, wissen, wisst
    """,
    # what you have about me, where from, who has seen it
    "whatdata": """
        an wen, ob ihr ... daten, ob ihr uberhaupt, ob sie ... daten, ob sie uberhaupt, ob uber mich, was
        alles, was bei euch, was bei ihnen uber, was bisher, was haben sie uber, was habt ihr uber, was ihr,
        was sie, was uber, was wissen sie, was wisst ihr, welche angaben, welche daten, welche informationen,
        welche meiner, welche personenbezogenen, wem, wer alles, wer hat ... daten, wer meine, woher
    """,
    # is asked for something else: what do you need
    "need": "benotigen, brauchen, kostet, muss ich, wie lange",
    # this is about personal data at all
    "privacy": "account, auskunft*, berichtigung, *daten, datenschutz*, dsgvo, konto, losch*, widerspruch",
    # --- The whole letter ---
    # an earlier request
    "earlier": """
        angefragt, beantragt, erinnerung, erneut, gebeten, geschrieben, habe ich ... gestellt, hatte ich,
        mahnung, mein antrag vom, mein ersuchen, mein schreiben, meine anfrage vom, meine auskunft*, meine
        bitte, meine email, meine mail, meinem schreiben, meinen antrag vom, nochmals, seit, verlangt, vor
        sechs wochen, vor wochen
    """,
    # a request, perhaps this one
    "request": "mein antrag, meine anfrage, meinem antrag, meinen antrag, meiner anfrage",
    # that nobody answered
    "silence": """
        bis heute, erinnere, frist ... abgelaufen, frist ... verstrichen, frist ist, funkstille, immer noch,
        keine antwort, keine reaktion, keine ruckmeldung, keinerlei, kommt da noch, nicht geantwortet, nichts
        gehort, nichts passiert, noch keine, noch nichts, noch was, ohne antwort, ohne erfolg, stand,
        unbeantwortet, vergeblich, warte ich, warte immer, warte noch
    """,
    # something on top of it
    "also": "auch, ausserdem, daruber hinaus, inzwischen, stattdessen, zudem, zusatzlich",
    # for somebody else
    "behalf": """
        betreuer*, bevollmachtigt*, im auftrag, im namen, mandant*, mein sohn, mein vater, meine mutter, meine
        tochter, meiner mutter, meiner tochter, meines sohnes, meines vaters, verstorben*, vollmacht
    """,
    # the supervisory authority
    "authority": "aufsichtsbehorde, datenschutzbeauftragte des landes, datenschutzbehorde, landesbeauftragte*",
    # a complaint is handed in
    "complains": "beschwerde ... ein, beschwerde einreichen, beschwerde gegen, beschwere ... mich",
    # signing in
    "password": "anmelden geht, anmeldung geht, code, einlogg*, kennwort*, login*, passwort*, zugangsdaten",
    # ending a contract
    "cancellation": "gekundigt, kundig*, stornier*",
    # customer service
    "support": """
        angebot, bestellung*, fehlermeldung, funktioniert nicht, lieferung*, offnungszeiten, preis*, rechnung*
    """,
    # for a thesis, a newspaper
    "study": """
        artikel uber, bachelorarbeit, hausarbeit, interview, journalist*, masterarbeit, referat, schule,
        seminar, student, studentin, studie, umfrage
    """,
    # an automatic answer
    "robot": "abwesenheit*, ausser haus, automatische antwort",
    # somebody who sells
    "sales": "kostenlose demo, rabatt, unsere losung, unverbindlich*, wir bieten",
    "onward": """
        dritte ... informieren, empfanger ... informieren, empfanger ... unterrichten, empfangern ...
        mitteilen, informieren sie ... empfanger
    """,
    "about_me": """
        meine daten, meine personenbezogenen daten, mich betreffend*, uber mich, von mir, zu meiner person, zu
        mir
    """,
    "recording": "aufnahme*, *aufnahmen, *aufzeichnung, aufzeichnung*",
    "repair": "beheb*, richten",
    "renew": "erneut, noch einmal, nochmal, nochmals, wiederhol*",
    "reply": "antwort, antworten, ruckmeldung, stand, wann",
    "field": "*adresse, anrede, anschrift, geburtsdatum, *name, *namen, *nummer, postleitzahl, titel",
    "calls_me": "nennen mich, sprechen mich",
    "announces": "mein neuer ... lautet, meine neue ... ist, meine neue ... lautet",
    "howto": "wie geht, wie kann ich, wo finde ich, wo kann ich",
    "system": """
        akten, archiv, bestand, computer, datenbank*, kartei, liste, seite, system, systemen, verteiler*,
        webseite
    """,
    "halt": "aufhoren, horen sie auf, hort auf, stop*, unterlass*, unterlasst",
    "recipients": "andere, dritte, partner",
    "writer": "ich, wir",
    "confirm": "bestatig*",
    "no_objection": "kein widerspruch",
    "ticket": "anfrage, antrag, ticket",
    "unaware": "weiss nicht dass ich, weiss nichts davon",
}

SPELLING = """
    loschen losche geloscht daten personenbezogene newsletter auskunft widerspruch einwilligung konto abmelden
    bitte adresse
"""
"""Words whose misspellings are recognised."""
