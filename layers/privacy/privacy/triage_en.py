"""How people ask in English. Accents and apostrophes are taken off; how a phrase is written: see triage_lexicon."""

COMMON = """
                             delete unsubscribe pls the a and i you your my of not that is am on for with to are
    please     hi     hello     dear     have     me what it in this be do would could from
"""
"""The commonest words, by which the language is told."""

CONCEPTS = {
    # --- Who asks, and how ---
    # somebody wants something: I want, please, I hereby request, may go
    "ask": """
        am asking, am entitled to, appreciate if you, appreciate it if, appreciate you, are not to be, are to be, ask
        that you, ask you, asking that, asking you, asks that, asks you, be grateful, be so kind, be thankful for,
        beg, can be deleted, can be erased, can go, demand*, ensure, entitled to a, exercise, exercising, feel free,
        glad if you, go ahead, good if you, gotta, grateful if, grateful if you, great if you, happy if you, has to
        go, have to go, helpful if you, hereby, hope you, i am asking, i am entitled, i ask, i d like, i demand, i
        direct, i do want, i expect, i hereby, i insist, i instruct, i invoke, i need, i rely on, i request, i
        require, i therefore ask, i trust you will, i wanna, i want, i will have to ask, i will not have, i wish, i
        wont have, i would ask, i would be grateful, i would like, id appreciate, id ask, id be grateful, id be
        thankful, id like, id love, id prefer, if you would, im asking, im entitled, instruct you, invoke, is not to
        be, it would be great, kind if you, kindly, let me, let me have, let us have, like it if you, lovely if you,
        make sure, make use of, may be deleted, mind deleting, must be, must go, must no longer, my request is, my
        wish, need to be, need you to, needs to be, nice if you, obliged if, ought to be, please, pls, plse, plz,
        prefer that, pursuant to, request*, requesting, require*, requires, seeks, should be, should be left, should
        keep, should remain, should stay, ta, thankful if, thx, to be, urge, wanna, want, want it, want that, want
        them, wants, we ask, we want, we would like, what i ask, will not have, wish, wishes, wishes to, would
        appreciate, would be good, would be nice, would be obliged, would like, would love, you are to, you can, you
        have to, you may, you may now, you must, you need to, you should
    """,
    # a request in the form of a question: could you
    "polite": """
        any chance of, any chance you, can anybody, can i ask, can i ask you, can i get, can i have, can i please, can
        it be, can someone, can that be, can these be, can they be, can this be, can u, can we get, can we have, can
        ya, can yall, can you, could anyone, could i ask, could i get, could i have, could i please, could it be,
        could someone, could that be, could they be, could this be, could u, could we, could we get, could ya, could
        you, cud u, cud you, do you mind, is it possible for you, is there a way you could, is there any chance you,
        may i ask, may i ask you, may i have, may i please, may i request, might you, wd u, will you, wld you, would
        it be possible, would it be possible for you, would it be possible to, would someone, would u, would you,
        would you be so kind, would you mind, wud u
    """,
    # a question that may be a request: can I, is it possible
    "may": "can i, can my, can we, could i, could my, could we, is it possible, may i",
    # a question or a thought about it: how does it work, suppose I asked
    "about": """
        am i allowed, am i entitled, assignment, automatically, before i decide, cancel my deletion, cancel my
        request, considering, curious, decided against, discount, disregard my, dissertation, do i have a right, do i
        have the right, do you delete, do you erase, do you remove, essay, explain how, explain to me how, explain
        what, free demo, generally, had planned, homework, how can i, how do i, how do you, how does, how long, how
        many days, how quickly, how soon, how would, hypothetic*, i might, i read, if i decide, if i ever, if i
        wanted, if i was to, if i were, ignore my request, imagine, in case i ever, in general, in the event that, in
        theory, know how, know if, know when, know whether, know why, lead to, let me know how, let me know if, let me
        know whether, lets say, nearly asked, never mind my, one day, out of curiosity, planned to, research project,
        result in, say i, school project, should i decide, study, suppose, supposing, tell me how, tell me if, tell me
        whether, thesis, thinking about, thinking of, thought about, toyed with, was going to, was thinking, weighing,
        what do you mean, what does, what exactly does, what happens, what if, what is the difference, what would
        happen, where can i, where do i, which way, will i, will my, withdraw my deletion, withdraw my earlier,
        withdraw my erasure, withdraw my request, wonder*, would i, would my
    """,
    # sounds like asking and is not: I want to thank you
    "not_ask": """
        happy to remain, just wanted, like to thank, thank you for, thanks for, want to keep, want to thank, wanted to
        say, wanted to thank
    """,
    # what was done or asked before
    "past": """
        accidentally, already deleted, asked for, asked you to, been corrected, been updated, has been, has been
        deleted, has been erased, has been removed, have been, have been deleted, have been erased, have been removed,
        have objected, i asked, i deleted, i have deleted, i objected, i removed, i requested, ive objected, my
        objection, offered to, refused, requested the, suggest, suggested, told me that, was deleted, was told, were
        deleted, you corrected, you deleted, you erased, you have deleted, you have erased, you removed, youve deleted
    """,
    # not
    "neg": """
        arent, cannot, cant, didnt, dnt, do not, doesnt, dont, havent, instead of delet*, instead of eras*, instead of
        remov*, instead of wip*, isnt, neednt, neither, never, no, no need, nobody, none, nor, not, nothing, rather
        than delet*, rather than eras*, rather than remov*, rather than wip*, shouldnt, without, wont, wouldnt
    """,
    # a "not" that denies nothing: no longer, do not forget
    "notneg": """
        any more, cant find, cant remember, do not forget, do not know, do not need, dont forget, dont have, dont
        hesitate, dont know, dont need, dont see why you shouldnt, dont use, dont want it, havent used, if not, isnt
        right, never agreed, never asked, never signed, never use, never used, no doubt, no hurry, no idea, no
        interest, no later, no longer, no more, no need for it, no reason not, no reply, no rush, no use for, not a
        client, not a customer, not able to, not any longer, not anymore, not correct, not hesitate, not in use, not
        interested, not just, not later, not only, not right, not sure, not true, or not, unable, why not, why you
        shouldnt, without delay, without undue
    """,
    # single words between two clauses
    "hence": """
        afterwards, although, and, because, but, once, or, since, so, then, though, unless, until, whereas, while
    """,
    # what begins a condition
    "if": "if, in case, once, should i, should my, should we, should you, supposing, unless, when, whenever",
    # do what was spoken of before: go ahead
    "doit": """
        do it, do so, do that, do this, get it done, go ahead, make it happen, see to it, so go ahead, take care of
    """,
    # a right is named
    "right": "my rights, right of, right to, rights, rights of, rights to, the right",
    # on what a request is based
    "exercise": """
        accordance, according, assert*, based on, basis, exercis*, hereby, invoke, invoking, make use, pursuant, rely,
        relying, under, use my right
    """,
    # a right is used
    "uses": "assert*, exercis*, invoke, invoking, make use, use my right, using my right",
    # what the law demands, and a request that is only mentioned
    "duty": """
        have requested, my request, obliged, requested, required to, this request, you have to, you must, you need to,
        you should, your request
    """,
    # longer phrases that hide a word of another list
    "mask": """
        address the issue, address this, all the best, at all, by the way, data controller, data protection, data
        protection authority, data protection officer, data protection team, dear all, first of all, happy to, in any
        case, in my case, in order that, in order to, in that case, in the first place, just in case, on the other
        hand, place to start, reminder fee, to whom it may concern
    """,
    # --- What it is about ---
    # data of a person
    "data": """
        about her, about him, about me, about us, acc, account, accounts, acct, address, addresses, age, all you have,
        answers, anything you have, attendee list, bank account, bday, birth date, birthdate, birthday, browsing,
        business card, call recording*, caption, chat history, chat*, concerning me, contact details, contact form,
        contact person, contacts and notes, conversation*, copy of my id, correspondence, credentials of, customer
        record, cv, data, datas, date of birth, details, dietary, dob, driving licence, email address*, emailaddress*,
        enquiry, enquiry i, every trace, everything you have, everything you hold, existence, family name, file about
        me, file on me, files about me, first name, footage, footprint, form i, forum posts, gender, her file, his
        file, history, house number, hr file, iban, id card, identity card, image*, info about me, info on me,
        information about me, information on me, initials, inquiry, ip, ip address*, job application, job title, last
        name, letters, licence scan, linked to me, list of attendees, location, log files, login history, login name,
        logs, maiden name, mail address, marital, marital status, message i, messages, middle initial, middle name,
        mobile, mobile number*, my application, my booking history, my contacts, my details, my email, my emails, my
        file, my info, my information, my mail, my message, my mobile, my number, my phone, my posts, my quote, my
        record, my records, my stuff, name, nationality, new email, note on my, notes about me, notes on my, number,
        nummber, of mine, old email, on file, on me, on record, order history, our file, passport*, personal data,
        personal details, personal info*, personally identifiable, personnel file, phone no, phone number*, photo*,
        pic, pics, picture, picture*, pictures of, pii, place of birth, portrait, postal address, postcode, postings,
        posts, preferences, profile, profiles, pronoun*, purchase history, questionnaire, quote and, recording*,
        recordings, records, reference, references, registration, relating to me, religion, resume, scan, score,
        search history, sign up, signature, signup, spelling, street, submission, surname, surname is, survey, tel
        number, telephone, telephone number*, test result*, testimonial, the file, title, trace*, username, video*,
        visit*, visits, voice, webinar recording, whatever you have, whereabouts, x_address, x_ip, zip code
    """,
    # data of a person that one can have a copy of
    "records": """
        about her, about him, about me, about us, all details, all information, all the information, assessment*,
        chat*, correspondence, data, datas, dossier, enquiry, everything about, everything on, everything you, file,
        files, footage, form, history, information you, logs, messages, my details, my info, my information, notes, on
        me, particulars, photo*, picture, pictures, posts, profile, record, recording, recording*, recordings,
        records, submission, transcript*, what you have
    """,
    # what is nobody's data: orders, invoices, contracts, files
    "thing": """
        agreement, app, appointment, appointment*, attachment*, backup file*, basket, bill, booking*, bookkeeping,
        brochure, bug, button, cart, catalogue, comment, comments, conditions, contract*, cost centre, coupon,
        course*, decision, delivery, delivery slot, demo account, device*, direct debit, document*, domain*, draft*,
        dummy, duplicate, entry in, event, feature, features, field, file called, folder*, function, goods,
        integration*, invoice*, item*, ledger, licence*, license*, line item, logo, manual, membership*, module*,
        order, order no, order number, orders, packages, page, parcel, payment method, plan, plugin, portal, post,
        price, prices, pricing, privacy policy, privacy statement, product*, products, promo code, purchase, refund*,
        reservation*, return*, seat*, service, services, shopping cart, software, spreadsheet, subscription*, tariffs,
        template*, terms, test account, test company, test environment, test user, thread, ticket, tickets, trial,
        typo on, vat, voucher, waiting list, waitlist, watermark, webinar*, widget, wishlist, workshop*, workspace
    """,
    # everything
    "all": """
        all, all my, all of it, all of that, all that, any, anything, both, everything, it all, stuff, the lot, the
        whole thing, whole lot
    """,
    # a word for what was named before
    "it": "both, it, same, that, them, these, this, those",
    # who the data are about
    "person": """
        client, colleague, her, him, i, me, my client, my daughter, my mother, my son, myself, our colleague, person,
        them, us
    """,
    # whose they are
    "mine": "about me, her, him, his, me, mine, my, on me, our, their, us",
    # the writer
    "self": "me, mine, my, myself, our, us",
    # newsletters and lists
    "news": """
        announcements, briefing*, bulletin*, circular*, digest*, distribution list, e news, email list, email updates,
        emailing me, emails, emails from you, enews, magazine*, mail list, mailing list*, mailing*, mailinglist*,
        mailings, maillist*, mails, monthly, monthly email*, more emails, news mail*, newsflash, newsletter*,
        newsletters, newsmail*, product news, quarterly, round up, roundup, sending me emails, the emails, these
        emails, updates, weekly, weekly email*, weekly mail*, weekly tips, your emails, your list
    """,
    # advertising
    "marketing": """
        ads, advert*, brochures, by sales, catalogue, cold call*, commercial emails, commercial messages, commercial
        purposes, deals, direct mail, flyers, junk, leaflet*, marketing, offer, offers, pitch*, promo*, promotion*,
        prospect*, sales call, sales calls, sales emails, sales mails, sales people, sales team, salespeople, sell me,
        selling me, solicitation*, spam, special deals, telemarket*, upsell*
    """,
    # calls and messages
    "called": """
        approach*, bother*, call, called, calling, calls, contact me, contacted, contacting, emailing, messag*,
        pester*, phoning, rang, ring, ringing, rings, texting, texts
    """,
    # following and profiling
    "track": """
        algorithm*, analyse, analysed, analysing, analysis, analytics, analyze, analyzing, automated decision*, follow
        me, legitimate interest*, monitor*, personalis*, personaliz*, profile me, profiled, profiling, research,
        scoring, statistical, statistics, targeted, targeting, track, tracked, tracking
    """,
    # --- The rights ---
    # to delete
    "erase": """
        all gone, anonymis*, !anonymise, anonymiz*, are gone, be gone, be rid of, !bin, binned, blot out, clean out,
        cleanse, !clear, !clear ... out, clear out, cleared, !close and delete, cross ... off, cross ... out, crossed
        off, !del, deleeted, delet*, !delete, delte, deltee, deregister*, !destroy, destroy*, destroyed, disappear,
        dispose of, disposed of, !ditch, dlete, !drop my, eliminate*, empty, !empty, eras*, !erase, expung*, !expunge,
        expunge them, !forget me, forget me, forgotten, get me off, get me out, !get rid of, get rid of, getting rid
        of, got rid of, gotten rid, has to go, have to go, is gone, it gone, !kill my, let go of, !lose, !make ...
        disappear, make ... disappear, must go, !nuke, nuke, !obliterate, obliterated, off the record, off the site,
        off the website, off your books, off your database, off your files, off your records, off your site, off your
        system, off your systems, off your website, out of your books, out of your database, out of your files, out of
        your system, out of your systems, !pull ... from, purg*, !purge, remov*, !remove, removing, rid of, rub out,
        scrap, !scrap, scrapped, !scrub, scrub*, !shred, shred*, strike ... from, !strike ... from, struck from,
        struck off, !take ... down, take ... down, !take ... of, !take ... off, take ... off, !take ... out, take ...
        out, take down, take it of, take it off, taken away, taken down, taken off, taken out, that gone, them gone,
        !throw ... away, throw ... away, throw ... out, thrown away, tidy away, !trash, unlearn, vanish, !vaporise,
        want ... gone, wash your hands, !wipe, wipe, wiped, wiped out, wiping, !zap
    """,
    # to keep
    "keep": """
        be found, be in your, exist, exists, hang on to, hanging on to, have, have on me, hold, hold on to, hold onto,
        holding, holding on to, in your database, in your files, in your records, in your system, in your systems,
        keep, keeping, keeps, kept, left, linger*, on your books, remain, remains, remember, retain*, retention,
        sitting, stay, stays, store, stored, storing, wish you to have
    """,
    # no longer, nothing
    "gone": """
        any longer, any more, anymore, doesnt ... anywhere, dont want you to, no longer, no more, not ... any, not ...
        anywhere, not any longer
    """,
    # to use, share, process
    "use": """
        accessed, alter, disclose*, do anything, doing anything, edit, hand over, handing, handling, happen, happens,
        look at, looking at, pass, pass on, passed, process*, sell, selling, share, shared, sharing, sold, touch*,
        use, used, uses, using
    """,
    # for a while
    "until": """
        as long as, before, during, for now, for the moment, for the time being, further notice, in the meantime,
        meanwhile, pending, temporarily, til, till, until, while, whilst
    """,
    # to restrict
    "freeze": """
        a hold on, !block, block, blocked, blocking, do nothing with, !freeze, freeze, freezing, frozen, halt, hands
        off, hold on my, keep your hands off, leave ... as is, leave ... untouched, leave it alone, leave my data
        alone, leave them alone, !limit, limit*, !lock, lock, lock and key, locked, locked away, mark ... as
        restricted, moratorium, nothing with it, on hold, on ice, !park, parked, !pause, pause*, put ... hold,
        quarantine*, !restrict, restrict*, ring fence*, ringfence*, set aside, !suspend, suspend*, under lock,
        untouched
    """,
    # what data are kept for
    "claim": """
        case, claim, court, dispute, disputed, evidence, hearing, insurance claim, investigation, judge, lawsuit,
        lawyer, legal claim*, litigation, ombudsman, proceedings, proof, solicitor, tribunal
    """,
    # to object
    "object": """
        disagree with, do not accept, do not agree to, dont accept, dont agree to, !object, object, objecting,
        objection*, oppose, opposed, opposing, protest, refuse to be, take exception
    """,
    # to stop
    "stop": """
        any more, anymore, call it quits, !cease, cease, cease and desist, count me out, do not call, do not contact,
        do not email, do not mail, do not send, do not use, do not want, don t, dont call, dont contact, dont email,
        dont mail, dont rely, dont send, dont use, dont want, !end, end to, enough of, exclude, fed up, had enough,
        keep ... out of, knock it off, lay off, leave ... out of, leave me alone, never, never again, never to, never
        want, no longer, no more, not any more, not anymore, not be used, not like to, not to be, not to use, not
        used, not want, not wish, off my back, please dont send, put an end, !quit, quit, rather not, sick of, !stop,
        stop, stopped, stopping, tired of, to end, want it to end, wish to receive no, without, would rather not
    """,
    # consent
    "consent": """
        accepted, agree, agreed, agreement to, allow, allowed, approval, authoris*, authoriz*, checkbox, clicked
        accept, consent*, gave my blessing, gave you my ok, gave you the green light, go ahead to, green light, i was
        happy for, my ok, ok to, okay to, okayed, opt in, opted in, optin, permission*, release form, said fine, said
        i was fine, said ok, said yes, signed, that yes, thumbs up, tick, ticked, was fine with, yes
    """,
    # to take back
    "withdraw": """
        a no now, back out, cancel my consent, cancelled, change of heart, changed my mind, changed my view, changed
        our minds, do not agree any more, dont agree any more, ends here, expires, is now a no, is over, is withdrawn,
        its a no, lapse*, no from me, no longer agree, no longer comfortable, no longer consent, no longer fine, no
        longer happy, no longer holds, no longer ok, no longer okay, no longer stands, no longer valid, not fine any
        more, not fine anymore, not ok any, not ok any more, not ok anymore, not okay any more, not okay anymore, not
        stand, not valid, now i say no, null and void, off the table, opt out of, pull my, pulling my, reconsidered,
        regret, rescind*, retract*, reverse, revocation, revoke*, revoking, say no, second thoughts, stop my consent,
        take back, take it back, take that back, take this back, taken back, takes back, taking back, taking that
        back, took back, undo, untick, unticked, void, withdraw*
    """,
    # a change of mind
    "mind": """
        change of heart, changed my mind, had second thoughts, regret, second thoughts, think better of, thought
        better
    """,
    # to leave a list
    "offlist": """
        from the list, from the mailing, from this list, from your list, from your mailing, no more emails, no more
        mails, no more newsletters, off the list, off the mailing, off the newsletter, off this list, off your list,
        off your mailing, opt me out, opt out, opting out, optout, remove ... list, remove ... mailing, remove ...
        newsletter, sign me off, sign me out, sign off, stop ... newsletter, stop emailing, stop sending, take ... off
        the list, take ... off your list, unsub, unsubcribe, unsubscirbe, unsubscrib*, unsuscribe
    """,
    # to take along or hand over
    "port": """
        bring ... over, bring along, bring with me, carry ... over, directly to, forward ... to, hand over, handed
        over, migrate*, migration, move ... to, moved to, moving to, over to, pass ... to, pass it on to, port,
        portab*, ported, porting, send ... straight to, send it to my new, straight to, take ... elsewhere, take ...
        to, take ... with me, take along, to take to, transfer*
    """,
    # a form that a machine reads
    "format": """
        another service can read, as a file, common format, commonly used, csv, digital format, downloadable,
        electronic format, excel, export*, file format, import, importable, in a format, json, load, machine readable,
        machinereadable, open format, read in, reads in, reusable, some open format, something another, spreadsheet,
        standard format, structured, usable, usable format, usb, xls, xlsx, xml
    """,
    # another provider
    "other": """
        a competitor, another accountant, another app, another company, another platform, another provider, another
        service, another system, another tool, competitor, different bookkeeping, different provider, different
        software, different tool, elsewhere, leaving you, moving to, new accountant, new bookkeeper, new people, new
        platform, new provider, new software, new supplier, new system, next provider, off to, other company, other
        provider, other service, other system, rival*, somewhere else, switch to, switching, your competitor
    """,
    # to correct
    "change": """
        add to, added, !adjust, adjusted, adjustment, !alter, !amend, amend*, append*, be added, be completed,
        !change, change, changed, changing, !complete my, completing, completion of, !correct, correct, corrected,
        correcting, correction*, fixed, misspel*, modify, put right, !rectif*, rectif*, !replace, replace*, revise*,
        set right, set straight, spell, spelled, spelt, !swap, swap*, switch over, !update, update, updated, updating
    """,
    # to put or write, when a new value stands beside it
    "set": "!fix, fix, fixed, !note, print, !put, put, !set, !swap, !use, use, !write, write to",
    # is wrong
    "wrong": """
        address me as, addressed as, addressed me, addressing me, call me mr, call me mrs, call me ms, calling me,
        correction, corrections, error, false, inaccura*, incomplete, incorrect*, is not, isnt, isnt correct, isnt
        right, listed as, lists me, mis spelt, missing, misspel*, misspelt, mistake*, mixed up, mixes up, no longer
        correct, no longer lives, no longer right, not correct, not right, not true, obsolete, old address, old email,
        old number, old one, old surname, out of date, outdated, previous address, recorded as, refer to me as,
        referred to as, says i, still have my old, still my old, still the old, swapped, two corrections, typo,
        untrue, wrong, wrongly, you have down, you have me as, you have me down, youve got me
    """,
    # is now
    "newvalue": """
        and not, changed jobs, changed to, correct one, divorced, from next week, goes by, got married, has changed,
        has moved, have changed, have moved, i am called, i moved, im called, instead of, is mr, is mrs, is ms, is
        now, is spelled, is spelt, ive moved, just moved, live at, moved from, moved house, moved to, must be, my new,
        new address, new email, new job, new name, new number, new phone, new surname, not a, not with, now called,
        now live, now lives, ought to be, our new, please write to, rather than, replace ... with, right one, should
        be, should read, should say, the correct, title should, we moved, weve moved, with one, with two, write to ...
        instead
    """,
    # states a value, wrong or right
    "states": """
        address is, email address is, email is, first name is, last name is, my name is, name is, number is, surname
        is
    """,
    # access
    "access": """
        access according, access request, access to all, access to data, access to my data, access to my personal,
        access to the following, access to the personal, access under, data access, dsar, insight into, request
        access, requesting access, right of access, right to access, sar, subject access
    """,
    # to see, know, have
    "see": """
        a look, be shown, be told, clarity, confirm*, confirmation, copies, copy, curious, disclose, disclosure,
        !email, email me, !explain, extract, extract of, find out, !forward, forward, furnish, get, !give, give,
        giving, !hand, hand, hand me, have, hear, i be told, i want a, i want my, i want the, inform me, inform*,
        informed, inspect, interested to know, know, learn, let me have, let me know, let us have, like to hear, like
        to know, list, !list, list of, look at, !mail, mail me, obtain, overview, particulars, print, printed,
        printout, !provide, provide*, receiv*, receive, reveal, see, !send, send, sending, sent, share with me, !show,
        show, showing, supply, !tell, tell, to be told, to find out, to hear, to read, told, transcript, view
    """,
    # to send
    "give": "forward, get, give, !give, hand over, let me have, let us have, provide, receiv*, send, !send",
    # a copy
    "copy": """
        copies, copy, duplicate of, extract, list of, overview, particulars, print out, printout, transcript*, version
        of
    """,
    # question words
    "what": "what, whats, where, which, who, why",
    # to have, store, know
    "hold": """
        accessed, collect*, gather*, got, has, have, held, hold, keep, kept, know, known, logged, looked, obtained,
        opened, possess, process, processed, record, recorded, seen, shared, store, stored, viewed
    """,
    # what you have about me, where from, who has seen it
    "whatdata": """
        all data you, all information you, all personal data you, all the data you, am i in your, am i on your, am i
        still, anything about me, data about me, data on me, data you have, data you hold, data you process, data you
        store, do you have any, do you have my, do you hold, do you keep, do you still have, everything you have,
        everything you hold, everything you know, files about me, got on me, have about me, have on me, have opened,
        have you got, hold about me, hold on me, how come you have, how did you get, how did you obtain, how do you
        have, how you got, how you obtained, if i am in, if im in, if you have any, if you hold, information about me,
        information you have, information you hold, profile that lies, stored about me, to whom have, to whom it was,
        to whom my, to whom they, to whom were, to whom you, what all, what data, what datas, what details, what did
        you, what do you have, what do you hold, what do you keep, what do you know, what do you store, what else,
        what entries, what happened to my, what happens with my data, what has been, what have you, what have you got,
        what info, what information, what ip, what is in, what is in my, what is on my, what is sitting, what is
        stored, what is there, what logs, what my file, what my record, what personal, what records, what sits, what
        there is, what was collected, what you collected, what you do with my data, what you gathered, what you have,
        what you hold, what you keep, what you know, what you process, what you recorded, what you store, what your
        files, what your records, what your system, what youre holding, what youve collected, what youve got, what
        youve stored, whats held, whats in, whats in my, whats on my, where did you find, where did you get, where do
        you get, where does my, where it came from, where that came from, where you find my, where you found my, where
        you got, where you obtained, whether i am in, whether im in, whether my, whether or not you, whether you have,
        whether you hold, whether you process, which companies, which data, which datas, which entries, which
        information, which members, which of my, which personal, which third parties, who do you share, who else, who
        gave you, who has access, who has been, who has looked, who has my, who has seen, who have you, who looked,
        who looked at, who opened, who passed, who sold you, who told you, who viewed, who you have, who you share,
        who youve, whom were they, why do you have my, why you have my, with whom
    """,
    # is asked for something else: what do you need
    "need": "best, cost, costs, do i, fill in, how long, how many, how much, must i, need, price, should i",
    # this is about personal data at all
    "privacy": """
        access, account, data, data protection, delete*, deletion, dsar, erase*, erasure, gdpr, information, object*,
        personal, personal data, privacy, privacy*, profile, rectif*, unsubscribe
    """,
    # --- The whole letter ---
    # an earlier request
    "earlier": """
        2nd request, access request of, as requested, asked you, bumping, came back to me, chasing, contacted you,
        dated, days ago, earlier request, filed a, follow up, following up, had asked, have asked, hello again, i
        asked, i contacted you, i emailed, i filed, i made, i requested, i sent, i submitted, i submitted an, i wrote,
        last month, month ago, months ago, my ... request dated, my ... request of, my complaint of, my earlier, my
        email, my email of, my enquiry of, my last, my letter, my letter of, my mail, my message, my objection of, my
        previous, my request dated, my request from, my request of, notice of, once more, our letter, placed a
        request, previous request, put in a request, put in my request, reminder, sar of, second letter, second
        request, second time, sent a request, sent you, since i asked, since i requested, since my, the below, third
        request, this up your inbox, ticket, we asked, weeks ago, weve asked, written to you, wrote to you
    """,
    # a request, perhaps this one
    "request": "my ... request, my request, our ... request, our request",
    # that nobody answered
    "silence": """
        any news, any progress, any update, been ... days, been ... months, been ... weeks, been waiting, bump,
        bumping, came back to me, chasing, crickets, deadline, deadline has passed, expect the result, expired on, get
        back to me, got back to me, got no, got nothing, has become of, has expired, has lapsed, has not come, have
        had no, have not heard, have received no, have received nothing, havent heard, havent received, heard back,
        heard nothing, i am waiting, ignored, im waiting, in progress, is late, is overdue, lost in the, month has
        passed, month is up, never came, never got, never heard, never replied, no acknowledgement, no answer, no
        feedback, no one ever, no one got back, no reply, no response, no sign, no word, nobody came back, nobody
        ever, nobody got back, not a word, not been answered, not been dealt, not come, not had, not had a, not had
        any, not heard, not received, not replied, not responded, nothing came, nothing happened, nothing has
        happened, nothing since, nudge, overdue, passed without, past the deadline, period expired, period has
        expired, quiet, received no, received nothing, remind you, reminding you, silence, status of, still have not,
        still havent, still no, still nothing, still waiting, substantive reply, to which no, unanswered, what
        happened to, what is the status, whats the status, when can i expect, when i can expect, when we can expect,
        when will i hear, where are they, where is it, where is my, wheres my, without an answer, without reply
    """,
    # something on top of it
    "also": """
        additionally, also, as well, besides, from now on, furthermore, in addition, instead, moreover, new request,
        on top of
    """,
    # for somebody else
    "behalf": """
        authorised representative, deceased, former colleague, guardian, late husband, late wife, legal guardian, my
        aunt, my brother, my child, my client*, my colleague, my dad, my daughter, my father, my grandfather, my
        grandmother, my husband, my kid, my mom, my mother, my mum, my neighbour, my partner, my sister, my son, my
        uncle, my wife, on behalf of, our client*, our colleague, our daughter, our son, passed away, power of
        attorney
    """,
    # the supervisory authority
    "authority": """
        autoriteit persoonsgegevens, data protection authority, dear authority, dear commissioner, dear ico, dutch
        dpa, information commissioner*, supervisory authority
    """,
    # a complaint is handed in
    "complains": """
        complaint about, complaint against, file ... complaint, filing ... complaint, hereby ... complaint, lodge ...
        complaint, lodging ... complaint, submit ... complaint, submitting ... complaint
    """,
    # signing in
    "password": """
        2fa, authenticator, locked out, log in, log into, logged out, logging in, login, passcode, password*, pin
        code, reset link, sign in, two factor, verification code
    """,
    # ending a contract
    "cancellation": """
        cancel*, end my contract, end my subscription, give notice, stop my subscription, terminat*
    """,
    # customer service
    "support": """
        bill, billing, broken, bug, crash*, delivery, demo, doesnt work, error, error message, invoice*, not working,
        opening hours, order, parcel, price*, pricing, quotation, quote, refund*, support
    """,
    # for a thesis, a newspaper
    "study": """
        article about, article on, class project, dissertation, essay, homework, how we should answer, interview for,
        journalist, journalist*, podcast, questionnaire about, reporter, research project, school project, student,
        survey for, template letter, thesis
    """,
    # an automatic answer
    "robot": """
        auto reply, automatic reply, autoreply, i am away, on annual leave, on leave until, out of office
    """,
    # somebody who sells
    "sales": """
        book a demo, discount, free demo, increase your, limited offer, our software, our solution, sign up now, we
        offer, webinar, white paper
    """,
}

SPELLING = """
    delete deleted deletion erase erasure remove removed account personal information details unsubscribe
    newsletter please withdraw consent correct address restrict transfer profile request marketing records
    objection process processing phone permission password
"""
"""Words whose misspellings are recognised."""
