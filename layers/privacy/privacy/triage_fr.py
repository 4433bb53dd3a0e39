"""How people ask in French, well enough to name the probable right for a person. Accents are taken off, elisions split."""

COMMON = """
    le la les et je vous mon ma mes de des que ne pas est bonjour merci pour sur une un du en avec ce se au
    qui tout j m l d n c
"""
"""The commonest words, by which the language is told."""

KINDS = {
    # where data are kept
    "system": "archives, base, bases, fichier*, listes, ordinateur*, registre*, systeme*",
    # a newsletter or list, in one word
    "list": "newsletter*, infolettre*, lettre, liste, mailing*",
}
"""Words that stand for one another in a phrase: `uit ... <system>`."""

CONCEPTS = {
    # --- Who asks, and how ---
    # somebody wants something: I want, please, I hereby request, may go
    "ask": """
        agissant, ai besoin, aimerais, ayez l amabilite, ayez l obligeance, ayez la gentillesse, communiquez,
        demande, demander, demandons, doit etre, doivent, doivent etre, envoyez, exercer, exige, faites, faut,
        gardez, il faut, indiquez, j aimerais, j attends de vous, j exerce, j exige, je demande, je desire, je
        reclame, je requiers, je sollicite, je souhaite, je souhaiterais, je veux, je voudrais, je vous prie,
        merci d, merci d avance, merci de, mettez, mettez en demeure, nous souhaitons, ordonne, par la
        presente, prier, priere de, profitez, profitezen, reitere*, renouvelle, s il te plait, s il vous
        plait, sollicite, souhaite, souhaitons, stoppez, svp, transmettez, veuillez, voudrait, voudrions, vous
        demande, vous demande de, vous pouvez, vous prie, vous prie de
    """,
    # an order, whatever it is
    "order": "!faites, !gardez, !laissez, !mettez, !rangez, !tenez",
    # has to or may be done, by whoever holds the data
    "must": "devra, devront, doit, doivent, peut etre, peuvent etre, soient, soit",
    # a demand in nouns
    "demand": """
        acces a, copie de, effacement de, limitation de, rectification de, retrait de, suppression de,
        transfert de
    """,
    # a request in the form of a question: could you
    "polite": """
        auriez vous, auriezvous, c est possible, estil possible que vous, peux tu, peuxtu, pourrais je,
        pourrais tu, pourraistu, pourriez vous, pourriezvous, pouvez vous, pouvezvous, serait il possible,
        seraitil possible, voulez vous
    """,
    # a question that may be a request: can I, is it possible
    "may": "est ce que je peux, est il possible, estce que je peux, estil possible, puis je, puisje",
    # a question or a thought about it: how does it work, suppose I asked
    "about": """
        ai je le droit, aije le droit, combien de temps, comment faire, comment fonctionne, comment marche,
        comment puis, curieuse, curieux, curiosite, dans quel delai, droit a l oubli vaut, en general, en
        theorie, envisage, est ce que, est ce que je peux, estce que, expose, hesite, imaginons, j hesite, me
        demande si, memoire, peut etre, peutetre, qu est ce que, que se passe, reflechis, savoir combien,
        savoir comment, savoir quand, savoir si, si jamais, si je demandais, supposons, un jour
    """,
    # people whose data the writer handles, and what they ask
    "others": """
        demandes de, ma ex, mon ex*, nos adherents, nos clients, nos membres, personnes concernees, un client,
        une cliente
    """,
    # what somebody else said or does
    "reported": "a conseille, a dit, disait, je sais que, pretend, selon votre",
    # sounds like asking and is not: I want to thank you
    "not_ask": "merci d avoir, merci pour, remercier, vous remercie",
    # what was done or asked before
    "past": """
        a ete efface, a ete supprime, ai fait opposition, avez efface, avez supprime, merci d avoir, ont ete
        effacees, ont ete supprime*, proposait, proposiez, suis oppose
    """,
    # not
    "neg": "aucun, aucune, inutile, jamais, ne, ni, non, pas, rien, sans",
    # a "not" that denies nothing: no longer, do not forget
    "notneg": """
        aucun interet, aucun usage, je n arrive pas, je ne parviens pas, je ne peux pas, n ... plus, n hesitez
        pas, n oubliez pas, ne ... plus, ne sais pas, pas correct, pas exact, pas oblige*, pas seulement, pas
        tenu*, plus, sans base, sans delai, sans tarder, sans utilite
    """,
    # single words between two clauses
    "hence": "afin, alors, car, ensuite, et, jusqu, mais, ou, parce, puis, puisque, tant que",
    # what begins a condition
    "if": "des, lorsque, quand, si c, si j, si je, si la, si le, si les, si mes, si mon, si on, si tu, si vous",
    # do what was spoken of before: go ahead
    "doit": "faire le necessaire, faites le, faitesle",
    # the subject of the letter says what is asked
    "subjectref": "ci dessus, en objet, voir l objet, voir objet",
    # a right is named
    "right": "droit a, droit d, droit de, droits, le droit",
    # on what a request is based
    "exercise": """
        application, base de, conformement, exerc*, faire valoir, fondement, par la presente, titre de, vertu
    """,
    # a right is used
    "uses": "exerc*, faire valoir",
    # what the law demands, and a request that is only mentioned
    "duty": "devez, doivent, ma demande, oblige*, tenus de",
    # longer phrases that hide a word of another list
    "mask": """
        avant tout, delegue a la protection des donnees, protection des donnees, tout d abord, tout de suite
    """,
    # --- What it is about ---
    # data of a person
    "data": """
        a l oubli, a mon sujet, adresse*, candidature*, chat, civilite, code postal, compte, conversation*,
        coordonnees, courriel, cv, date de naissance, de moi, demande de contact, donnees, dossier, email,
        enregistrement*, fiche, fichier*, formulaire, historique*, image*, information, infos, ip,
        localisation, mail, me concernant, mention*, mes informations, message, messagerie, messages, mobile,
        nationalite, nom, noms, notes que, numero*, permis, photo*, piece d identite, portable, portrait,
        prenom, profil, releve*, scan, sur moi, telephone, temoignage, tout ce que vous avez, traces, video*,
        voix, x_address, x_ip
    """,
    # data of a person that one can have a copy of
    "records": """
        a mon sujet, conversation*, donnees, dossier, enregistrement*, fichier*, historique*, informations,
        infos, me concernant, profil, renseignements, sur moi, tout
    """,
    # what is nobody's data: orders, invoices, contracts, files
    "thing": """
        abonnement*, adhesion, bague*, bracelet*, colis, collier*, commande*, commentaire*, contrat*, devis,
        document*, doublon*, entreprise test, facture*, gravure*, livraison*, panier, piece jointe, produit*,
        rendezvous, reservation*, societe test, ticket de caisse, ticket*
    """,
    # everything
    "all": "ensemble, integralite, tous, tout, toutes",
    # a word for what was named before
    "it": "ca, cela, celles, ceux, la, le, les, tout",
    # who the data are about
    "person": "ma fille, ma mere, me, moi, mon fils, mon pere",
    # whose they are
    "mine": "ma, me, mes, moi, mon, nos, notre",
    # the writer
    "self": "ma, me, mes, moi, mon, nos",
    # newsletters and lists
    "news": """
        bulletin*, courriels hebdomadaires, envois, infolettre*, lettre d info, lettre d information*, lettre
        hebdomadaire, lettre mensuelle, liste, mailing*, newsletter*
    """,
    # advertising
    "marketing": """
        commercial*, demarchage, marketing, offres, promotion*, prospection, pub, publicitaire*, publicite*,
        pubs, reclames
    """,
    # calls and messages
    "called": "appel*, contacter, demarch*, sollicit*",
    # following and profiling
    "track": """
        analyse*, interet legitime, interets legitimes, pistage, pister, profilage, profiler, statistique*,
        suivi, tracage, traquer
    """,
    # --- The rights ---
    # to delete
    "erase": """
        a l oubli, anonymis*, destruction, detrui*, disparaisse, disparaissent, disparaitre, effac*, eliminer,
        eliminez, enlever, enlevez, enlevezmoi, jeter, jetez, nettoyer, nettoyez, oter, otez, oubli, !oubliez
        moi, purger, radiation, radier, retirer, retirez, retirez moi, retirezmoi, sortez moi, sortezmoi,
        sortir de, suppression, supprim*, !supprime, vider, videz, virer, virez
    """,
    # to keep
    "keep": "apparaitre, conserv*, detenez, figure, figurer, garder, gardez, reste, restent, stocker",
    # no longer, nothing
    "gone": "plus",
    # to use, share, process
    "use": """
        ceder, communiquer, exploit*, partage, partager, sert de, serve, servent, servir, toucher,
        traitement*, traiter, transmettre, utilis*
    """,
    # for a while
    "until": "dans l attente, en attendant, jusqu, le temps, pendant, provisoirement, tant que, temporairement",
    # to restrict
    "freeze": """
        blocage, bloquer, bloquez, en suspens, figer, gel, geler, gelez, limitation, limiter, limitez, pause,
        suspend*, suspension
    """,
    # what data are kept for
    "claim": "avocat, desaccord, juge, justice, litige, preuve*, proces, prudhommes, tribunal",
    # to object
    "object": "desaccord, m oppose, m opposer, nous opposons, oppose, opposer, opposition, refuse",
    # to stop
    "stop": """
        arret*, assez de, cess*, fin, jamais, marre, ne ... plus, plus aucun, plus aucune, plus de, plus
        recevoir, stop*
    """,
    # consent
    "consent": """
        accepte, accepter, accord, autoris*, case, coche, consens, consentement*, consenti*, dit oui,
        permission
    """,
    # to take back
    "withdraw": """
        annul*, caduc, caduque, change d avis, je dis non, n est plus, ne suis plus, ne vaut plus, plus d
        accord, plus valable, reprend*, retir*, retrait, revenir sur, reviens sur, revoc*, revoq*
    """,
    # a change of mind
    "mind": "change d avis, reviens sur",
    # to leave a list
    "offlist": "de la liste, de vos envois, de votre liste, desabonn*, desinscri*, plus recevoir, unsubscribe",
    # to take along or hand over
    "port": """
        basculer, confier a, directement a, emporter, exporter, migration, migrer, portabilite, recuperer,
        remettez a, remettre a, transfer*, transmettez ... a, transmettre ... a
    """,
    # a form that a machine reads
    "format": """
        couramment utilise, csv, excel, exploitable, export, exporter, format, importable*, importer, json,
        lisible*, reutilisable*, structure*, xml
    """,
    # another provider
    "other": """
        ailleurs, autre comptable, autre editeur, autre fournisseur, autre outil, autre prestataire, autre
        service, change de prestataire, chez un autre, concurrent, je pars chez, logiciel, nouveau comptable,
        nouveau fournisseur, nouveau prestataire, nouvelle comptable
    """,
    # to correct
    "change": """
        actualis*, ajouter, ajoutez, changement, changer, changez, complet*, correction, corrig*, mettez a
        jour, mettre a jour, mise a jour, modifi*, notez que, rectifi*, remplac*
    """,
    # to put or write, when a new value stands beside it
    "set": "ecrire, ecrivez, mettez, mettre, notez, utilisez",
    # is wrong
    "wrong": """
        ancienne adresse, erreur*, erron*, fausse, faute, faux, incorrect*, inexact*, mal orthographi*,
        mauvais*, pas correct, pas la bonne, perime*
    """,
    # is now
    "newvalue": """
        a change, alors que, au lieu de, correct est, demenage*, desormais, divorce*, doit etre, et non, et
        pas, il faut lire, la bonne, le bon, m appelle, maintenant, marie*, nouveau nom, nouveau numero,
        nouvelle adresse, orthographie, s ecrit
    """,
    # states a value, wrong or right
    "states": "adresse est, nom est, numero est",
    # access
    "access": "acceder, acces, consulter, copie de mes donnees",
    # to see, know, have
    "see": """
        apercu, communiqu*, confirmer, connaitre, copie, dire, dites, donner, ecouter, envoy*, fourni*,
        indiquer, indiquez, liste, montrer, obtenir, recevoir, savoir, transmettre, visionner, voir
    """,
    # to send
    "give": "communiquer, envoyer, envoyez, obtenir, recevoir, transmettre",
    # a copy
    "copy": "apercu, copie*, duplicata, extrait, liste, recapitulatif, releve complet",
    # question words
    "what": "ou, que, quelles, quels, qui, quoi",
    # to have, store, know
    "hold": "avez, collecte*, conservez, detenez, enregistre*, gardez, possedez, recueilli*, savez, stockez, traitez",
    # what you have about me, where from, who has seen it
    "whatdata": """
        a qui, avec qui, avez quoi, ce que vous, ce qui est conserve, ce qui est enregistre, ce qui figure,
        comment avez vous, comment avezvous, d autre sur moi, d ou tenez, d ou tenezvous, d ou viennent, d ou
        vient, d ou vous, detenez, integralite des donnees, ou avez vous, ou avezvous, ou vous avez, que
        detenezvous, que faites vous de mes, que faitesvous de mes, que savez vous, que savezvous, quelles
        donnees, quelles informations, quelles infos, quels renseignements, qui a consulte, qui a eu acces,
        qui a vu, quoi comme infos, si vous avez des donnees, si vous traitez
    """,
    # is asked for something else: what do you need
    "need": "besoin, combien, coute, dois je, faut il",
    # this is about personal data at all
    "privacy": "acces, compte, donnees, effac*, opposition, rectification, rgpd, suppression, supprim*, vie privee",
    # --- The whole letter ---
    # an earlier request
    "earlier": """
        a nouveau, ai demande, ai ecrit, ai envoye, avais demande, ma demande ... du, ma lettre, mise en
        demeure, mois, mon courriel, mon courrier, mon mail, mon message, rappel, relance, relancer, semaines
    """,
    # a request, perhaps this one
    "request": "ma demande",
    # that nobody answered
    "silence": """
        attend toujours, attends toujours, aucun retour, aucune nouvelle, aucune reponse, delai ... depasse,
        delai ... ecoule, en vain, j attends, ou en est, ou en etes, pas de reponse, pas eu de reponse, pas
        recu, pas repondu, relance, reste sans, restee, rien recu, sans nouvelle*, sans reponse, sans retour,
        sans succes, silence, toujours pas, toujours rien, toujours une reponse
    """,
    # something on top of it
    "also": "aussi, de plus, desormais, egalement, en outre, par ailleurs",
    # for somebody else
    "behalf": """
        au nom de, decede*, defunt*, ma cliente, ma femme, ma fille, ma mere, mandat, mon client, mon fils,
        mon mari, mon pere, notre fille, notre fils, pour le compte, procuration
    """,
    # the supervisory authority
    "authority": "apd, autorite de controle, autorite de protection, cnil, madame la presidente",
    # a complaint is handed in
    "complains": """
        adresse ... plainte, depose ... plainte, deposer ... plainte, introduis ... plainte, plainte contre,
        porte plainte, reclamation contre
    """,
    # signing in
    "password": """
        connexion, espace client, identifiant*, me connecter, mot de passe, mots de passe, reinitialiser
    """,
    # ending a contract
    "cancellation": "annul*, resili*",
    # customer service
    "support": """
        bug, colis, commande*, devis, erreur 500, facture*, horaires, livraison*, ne fonctionne pas, ne marche
        pas, tarif*
    """,
    # for a thesis, a newspaper
    "study": """
        article sur, etude, etudiant*, expose, interview, journaliste, lycee, memoire, sondage, these,
        universite
    """,
    # an automatic answer
    "robot": "absence du bureau, absent*, en conge*, reponse automatique",
    # somebody who sells
    "sales": "demo gratuite, notre solution, nous proposons, remise, sans engagement",
    "onward": """
        informer ... destinataires, informer ... tiers, informez ... destinataires, notifier ... destinataires
    """,
    "about_me": "a mon nom, a mon sujet, de moi, me concernant, mes donnees, mes informations, sur moi",
    "recording": "enregistrement*, videosurveillance",
    "repair": "arranger, regulariser",
    "renew": "a nouveau, de nouveau, encore une fois, reiter*, renouvel*",
    "reply": "quand, repondre, reponse",
    "field": "adresse, civilite, code postal, date de naissance, nom, numero, prenom",
    "calls_me": "m appelez",
    "announces": "ma nouvelle ... est, mon nouveau ... est, mon nouvel ... est",
    "howto": "comment faire, comment puis, ou est le bouton, ou se trouve",
    "system": "archives, base, bases, fichier*, liste, listes, ordinateur*, page, registre*, site, systeme*",
    "halt": "arret*, cess*, stop*",
    "recipients": "d autres, partenaires, tiers",
    "writer": "j, je, nous",
    "confirm": "confirm*",
    "no_objection": "pas d objection",
    "ticket": "demande, ticket",
    "unaware": "ne sait pas que je",
}

SPELLING = """
    supprimer supprimez suppression donnees newsletter desabonner desinscrire consentement rectifier compte
    effacer adresse
"""
"""Words whose misspellings are recognised."""
