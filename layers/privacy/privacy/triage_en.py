"""How people ask in English. Accents and apostrophes are taken off; how a phrase is written: see triage_lexicon."""

COMMON = """
    delete unsubscribe pls the a and i you your my of not that is am on for with to are please hi hello dear
    have me what it in this be do would could from its been also dont doesnt im ive if unsub
"""
"""The commonest words, by which the language is told."""

KINDS = {
    # where data are kept
    "system": """
        archive, archives, books, computer, computers, crm, database, databases, files, list, lists, records,
        servers, system, systems
    """,
    # a newsletter or list, in one word
    "list": "newsletter*, mailing*, list, lists, emails, mails",
    "field": "address, details, email, name, number, phone number",
}
"""Words that stand for one another in a phrase: `uit ... <system>`."""

CONCEPTS = {
    # --- Who asks, and how ---
    # somebody wants something: I want, please, I hereby request, may go
    "ask": """
        am asking, am entitled to, am requesting, appreciate if you, appreciate it if, appreciate you, are
        entitled to, are not to be, ask that you, ask you, asking that, asking you, asks that, asks you, be
        grateful, be so kind, be thankful for, beg, demand*, ensure, entitled to a, exercise, exercising, feel
        free, give you ... days, giving you, glad if you, go ahead, good if you, gotta, grateful if, grateful
        if you, great if you, happy if you, helpful if you, hereby, hope you, i am asking, i am entitled, i
        ask, i assume that, i d like, i demand, i direct, i do want, i expect, i hereby, i insist, i instruct,
        i invoke, i need, i rely on, i request, i require, i therefore ask, i trust that, i trust you will, i
        wanna, i want, i will have to ask, i will not have, i wish, i wont have, i would ask, i would be
        grateful, i would like, i would rather, id also like, id appreciate, id ask, id be grateful, id be
        thankful, id just like, id like, id love, id now like, id prefer, id rather, id therefore like, if you
        would, im asking, im entitled, instruct you, invoke, is entitled to, is not to be, it would be great,
        kind if you, kindly, let me, let me have, let us have, like it if you, lovely if you, make sure, make
        use of, mind deleting, must no longer, my request is, my wish, need you to, nice if you, obliged if,
        please, pls, plse, plz, prefer that, pursuant to, request, requested that, requesting, requests that,
        require*, seeks, should be left, should keep, ta, thankful if, thx, to be, to be removed, treat this,
        urge, wanna, want, want it, want that, want them, wants, we ask, we want, we would like, what i ask,
        what i request, will not have, wish, wishes, wishes to, would also like, would appreciate, would be
        good, would be nice, would be obliged, would just like, would like, would love, would therefore like,
        you are to, you can, you have to, you may, you may now, you must, you need to, you should
    """,
    # an order, whatever it is
    "order": "!cease, !cut, !end, !exclude, !have, !hold, !keep, !leave, !let, !make, !put, !quit, !treat",
    # has to or may be done, by whoever holds the data
    "must": "are to be, can go, has to, have to, is to be, may be, must, need to, needs to, ought, should",
    # a demand in nouns
    "demand": """
        access to, copies of, copy of, correction of, deletion of, destruction of, erasure of, rectification
        of, removal of, restriction of, transfer of, withdrawal of
    """,
    # a request in the form of a question: could you
    "polite": """
        any chance of, any chance you, can ... be deleted, can ... be erased, can ... be removed, can anybody,
        can i ask, can i ask you, can i get, can i have, can i please, can it be, can someone, can that be,
        can the ... be, can these be, can they be, can this be, can u, can we get, can we have, can ya, can
        yall, can you, could anyone, could i ask, could i get, could i have, could i please, could it be,
        could someone, could that be, could the ... be, could they be, could this be, could u, could we, could
        we get, could ya, could you, cud u, cud you, do you mind, is it possible for you, is there a way you
        could, is there any chance you, may i ask, may i ask you, may i have, may i please, may i request,
        might you, wd u, will you, wld you, would it be possible, would it be possible for you, would it be
        possible to, would someone, would u, would you, would you be so kind, would you mind, wud u
    """,
    # a question that may be a request: can I, is it possible
    "may": "can i, can my, can we, could i, could my, could we, is it possible, may i",
    # a question or a thought about it: how does it work, suppose I asked
    "about": """
        a form for, advise me, advise us, am i allowed, am i entitled, assignment, automatically, before i
        decide, cancel my deletion, cancel my request, considering, curious, decided against, difference
        between, discount, disregard my, dissertation, do i have a right, do i have the right, do you delete,
        do you erase, do you handle, do you remove, essay, explain how, explain the, explain to me how,
        explain what, free demo, generally, had planned, handle deletion, homework, how can i, how do i, how
        do you, how does, how long, how many days, how quickly, how soon, how would, how you handle,
        hypothetic*, i might, i read, if i decide, if i ever, if i wanted, if i was to, if i were, ignore my
        request, imagine, in case i ever, in general, in the event that, in theory, know how, know if, know
        when, know whether, know why, lead to, let me know how, let me know if, let me know whether, lets say,
        nearly asked, never mind my, one day, out of curiosity, planned to, research project, result in, say
        i, school project, should i decide, study, suppose, supposing, tell me how, tell me if, tell me
        whether, thesis, thinking about, thinking of, thought about, toyed with, was going to, was thinking,
        weighing, what do you mean, what does, what exactly does, what happens, what if, what is the
        difference, what would happen, where can i, where do i, which way, will i, will my, withdraw my
        deletion, withdraw my earlier, withdraw my erasure, withdraw my request, wonder*, would i, would my
    """,
    # not now: some day, before a contract, as a threat
    "later": """
        before i buy, before i decide, before i join, before i sign, before i start, before we buy, before we
        decide, before we join, before we sign, before we start, if i ever, if we ever, if you ever, ill ...
        ask you, ill ... demand, may ask you, might ask you, shall ... ask you, shall ... demand, shall ...
        insist, shall ... request, should i ever, should you ever, some day, someday, well ... ask you, will
        ... ask you, will ... demand, will ... insist, will ... request, will be asking
    """,
    # people whose data the writer handles, and what they ask
    "others": """
        a client of, a customer, access requests, an employee of ours, as a controller, as a processor, as
        controller, as our processor, as processor, data subjects, dealing with, dealt with, deletion
        requests, erasure requests, experience of, experience with, from customers, handling of, my ex*, my
        tenant, my tenants, of customers, one of our employees, our clients, our customers, our employee, our
        employees, our members, our patients, our users, outstanding invoices, requests by, requests from,
        requests of
    """,
    # what somebody else said or does
    "reported": """
        a friend, a friend wants, according to your, advised me, claimed that, claims that, colleague wants,
        explained, friend wants, he said, i am aware that, i know that, i understand that, im aware that,
        looks as if, my friend asked, my neighbour asked, neighbor wants, neighbour wants, policy says,
        reserve ... right, reserve my rights, said i, said that, says that, says you, she said, somebody
        asked, someone asked, states that, they said, told me i, told me that, told me to, told us, website
        says, wrote that, you intend to, you plan to, you say that, you want to, your request for, your
        request to
    """,
    # sounds like asking and is not: I want to thank you
    "not_ask": """
        happy to remain, just wanted, like to thank, thank you for, thanks for, want to keep, want to thank,
        wanted to say, wanted to thank
    """,
    # what was done or asked before
    "past": """
        accidentally, already deleted, am not getting, arrived, asked for, asked you to, been corrected, been
        updated, deletes, destroys, do not get, dont get, erases, had asked, had requested, has been, have been,
        have objected, i asked, i deleted, i have deleted, i have stopped, i objected, i removed, i requested, im not getting, ive
        objected, ive stopped, my objection, not receiving, offered to, received, refused, removes, requested
        the, sent ... request, sent a ... request, stopped getting, stopped receiving, submitted ... request,
        suggest, suggested, told me that, was deleted, was made, was taken, was told, were deleted, were made,
        were taken, wipes, you corrected, you deleted, you erased, you have deleted, you have erased, you
        removed, youve deleted
    """,
    # not
    "neg": """
        arent, cannot, cant, didnt, dnt, do not, doesnt, dont, havent, instead of delet*, instead of eras*,
        instead of remov*, instead of wip*, isnt, neednt, neither, never, no, no need, no one, nobody, none,
        noone, nor, not, nothing, rather than delet*, rather than eras*, rather than remov*, rather than wip*,
        shouldnt, without, wont, wouldnt
    """,
    # a "not" that denies nothing: no longer, do not forget
    "notneg": """
        any more, cant find, cant remember, do not forget, do not have to keep, do not know, do not need, dont
        forget, dont have, dont have to keep, dont hesitate, dont know, dont legally, dont need, dont see why
        you shouldnt, dont use, dont want it, havent used, i am not able, i cannot, i cant, if not, im not
        able, isnt right, never agreed, never asked, never signed, never use, never used, no doubt, no hurry,
        no idea, no interest, no later, no longer, no more, no need for it, no reason not, no reply, no rush,
        no use for, not a client, not a customer, not able to, not any longer, not anymore, not correct, not
        hesitate, not in use, not interested, not just, not later, not legally, not obliged, not only, not
        required, not right, not sure, not true, or not, unable, why not, why you shouldnt, without a legal,
        without delay, without legal, without undue
    """,
    # single words between two clauses
    "hence": """
        afterwards, although, and, because, but, once, or, since, so, then, though, unless, until, whereas,
        while
    """,
    # what begins a condition
    "if": "if, in case, once, should i, should my, should we, should you, supposing, unless, when, whenever",
    # after something that will happen, which is no condition
    "done": """
        has arrived, has been sorted, have confirmed, have got, have read, have received, have seen, is done,
        is finished, is settled, ive confirmed, ive got, ive read, ive received, ive seen
    """,
    # do what was spoken of before: go ahead
    "doit": """
        do it, do it for me, do so, do that, do this, get it done, go ahead, make it happen, see to it, so go
        ahead, take care of, you do it
    """,
    # the subject of the letter says what is asked
    "subjectref": "as above, per the subject, see above, see subject, see the subject, see title, subject line",
    # a right is named
    "right": "my rights, right of, right to, rights, rights of, rights to, the right",
    # on what a request is based
    "exercise": """
        accordance, according, assert*, based on, basis, exercis*, hereby, invoke, invoking, make use,
        pursuant, rely, relying, under, use my right
    """,
    # a right is used
    "uses": "action, assert*, exercis*, honour, invoke, invoking, make use, use my right, using my right",
    # what the law demands, and a request that is only mentioned
    "duty": """
        have requested, my request, obliged, requested, required to, this request, you have to, you must, you
        need to, you should, your request
    """,
    # longer phrases that hide a word of another list
    "mask": """
        address the issue, address this, all copies, all correct, all the best, any copies, are correct, at
        all, by the way, can be withdrawn, can go to, checked spam, clear that, confirm receipt, confirmed
        receipt, data controller, data protection, data protection authority, data protection officer, data
        protection team, dear all, every copy, first of all, happy to, i am clear, i can go, in any case, in
        my case, in my spam, in order that, in order to, in spam, in that case, in the first place, is clear,
        is correct, item of information, items of information, junk folder, just in case, made clear, make
        clear, may be withdrawn, on receipt, on the other hand, place to start, receipt of, reminder fee, spam
        folder, to be clear, to whom it may concern, was correct, we can go, you can go
    """,
    # --- What it is about ---
    # data of a person
    "data": """
        about her, about him, about me, about us, acc, account, accounts, acct, address, addresses, age, all
        you have, answers, anything you have, apartment, attendee list, bank account, bank account number,
        bank details, bday, be forgotten, birth date, birthdate, birthday, born, browsing, business card,
        caption, cctv*, chat*, concerning me, contact form, contact person, contacts and notes, conversation*,
        copy of my id, correspondence, credentials of, customer record, cv, data, datas, date i was born, date
        of birth, default against, details, dietary, dob, driving licence, email address*, emailaddress*,
        emails notes, enquiry, entry, everything you have, everything you hold, existence, flat, footage,
        footprint, form i, gender, health, her file, his file, history, hr file, i entered, i put in, i typed
        in, iban, id card, identity card, image*, in your possession, initials, inquiry, ip, item of
        information, items of information, job application, letters, linked to me, list of attendees,
        location, log files, logs, marital, mention me, message i, messages, middle initial, mobile, my
        application, my contacts, my email, my emails, my file, my info, my information, my mail, my message,
        my names, my phone, my quote, my record, my stuff, my uploaded, name, nationality, new email, note on
        my, notes about, notes on my, number, of mine, old email, on file, on me, on record, our file,
        passport*, personal info*, personally identifiable, personnel file, phone no, phone number*, photo*,
        pic, pics, picture*, pii, place of birth, playlists, portrait, postcode, postings, posts, preferences,
        profile, profiles, pronoun*, questionnaire, quote and, recording*, records, reference, references,
        registration, relating to me, religion, resume, scan, score, sign up, signature, signup, spelling,
        street, submission, surname, survey, telephone, test result*, testimonial, the entry, the file, the
        record, the records, timesheets, title, trace*, under my name, username, video*, visit*, voice,
        whatever you have, whereabouts, x_address, x_ip, zip code
    """,
    # data of a person that one can have a copy of
    "records": """
        about her, about him, about me, about us, all details, all information, all the information,
        assessment*, chat*, correspondence, data, datas, dossier, emails, enquiry, everything about,
        everything on, everything you, file, files, footage, form, history, information you, logs, mention me,
        messages, my details, my info, my information, notes, on me, particulars, photo*, picture, pictures,
        posts, profile, record, recording*, records, submission, transcript*, what you have
    """,
    # what is nobody's data: orders, invoices, contracts, files
    "thing": """
        access card, agreement, annual accounts, app, appointment*, attachment*, backup file*, badge, basket,
        bill, booking*, bookkeeping, bracelet*, brochure, bug, button, cart, catalogue, charge, charges,
        comment, comments, conditions, contract*, cost centre, coupon, course*, credit card, debit card,
        decision, delivery, demo account, device*, direct debit, document*, domain*, draft*, dummy, duplicate,
        earring*, engraving*, entry in, event, feature, features, fee, fees, field, file called, fine,
        folder*, function, goods, integration*, invoice*, item*, jewel*, ledger, licence*, license*, logo,
        manual, membership*, module*, my receipt, necklace*, order, orders, packages, page, parcel, payment
        method, pdf, penalty, plan, plugin, portal, post, price, prices, pricing, printer, printers, privacy
        policy, privacy statement, product*, promo code, purchase, purchase receipt, receipt*, refund*,
        reservation*, return*, ring, rings, sales receipt, scanner, seat*, service, services, sim, sim card,
        software, spreadsheet, subscription*, tariffs, tax return, template*, terms, test account, test
        company, test environment, test user, the receipt, thread, ticket, tickets, trial, typo on, vat,
        voucher, waiting list, waitlist, watch, watermark, webinar*, widget, wishlist, workshop*, workspace
    """,
    # everything
    "all": "all, any, anything, both, everything, stuff, the lot, the whole thing, whole lot",
    # a word for what was named before
    "it": "both, it, one, same, that, the one, them, these, this, those",
    # who the data are about
    "person": "client, colleague, her, him, i, me, my daughter, my mother, my son, myself, person, them, us",
    # whose they are
    "mine": "her, him, his, me, mine, my, our, their, us",
    # the writer
    "self": "me, mine, my, myself, our, us",
    # newsletters and lists
    "news": """
        announcements, briefing*, bulletin*, circular*, digest*, distribution list, e news, email list,
        emailing me, emails, enews, magazine*, mail list, mailing*, maillist*, mails, monthly, news mail*,
        newsflash, newsletter*, newsmail*, product news, quarterly, round up, roundup, updates, weekly, your
        list
    """,
    # advertising
    "marketing": """
        ads, advert*, advertising mail, brochures, by sales, call list, calling list, calling lists,
        campaign*, canvass*, catalogue, cold call*, commercial emails, commercial messages, commercial
        purposes, deals, direct mail, flyers, for sales, junk, leaflet*, marketing, offer, offers, pitch*,
        promo*, promotional, prospect*, sales, sales call, sales calls, sales emails, sales mails, sales
        people, sales team, salespeople, sell me, selling me, solicitation*, spam, telemarket*, upsell*
    """,
    # calls and messages
    "called": """
        approach*, bother*, call, called, calling, calls, contact me, contacted, contacting, dont send me ...
        more, emailing, messag*, no more letters, no more post, pester*, phoning, rang, ring, ringing, rings,
        stop sending me, texting, texts, write to me, writing to me
    """,
    # following and profiling
    "track": """
        algorithm*, analyse, analysed, analysing, analysis, analytics, analyze, analyzing, automated
        decision*, build* ... profile, building a profile, categoris*, classif*, draw ... conclusions, follow
        me, legitimate interest*, model training, monitor*, personalis*, personaliz*, predict*, profile me,
        profile of me, profiled, profiling, rate me, rated, rates me, research, score me, scored, scoring,
        statistical, statistics, targeted, targeting, track, tracked, tracking, train your
    """,
    # --- The rights ---
    # to delete
    "erase": """
        account gone, all gone, anonymis*, !anonymise, anonymiz*, are gone, be cleared, be gone, be rid of,
        !bin, binned, blot out, can all go, can go, clean out, cleanse, !clear ... out, !clear all, !clear my,
        !clear out, clear out my, cleared from, cleared out, !close and clear, !close and delete, cross ...
        off, cross ... out, crossed off, !del, delet*, !delete, deregister*, !destroy, destroy*, disappear,
        dispose of, disposed of, !ditch, !drop my, eliminate*, !empty, eras*, !erase, expung*, !expunge,
        expunge them, !forget me, forgotten, !get ... deleted, !get ... erased, !get ... removed, get me off,
        get me out, !get rid of, getting rid of, got rid of, gotten rid, has to go, !have ... deleted, !have
        ... removed, have cleared, have to go, is gone, it gone, !kill my, let go of, !lose, !make ...
        disappear, may go, must go, !nuke, !obliterate, obliterated, off the record, off the site, off the
        website, off your books, off your database, off your files, off your records, off your site, off your
        system, off your systems, off your website, out of your books, out of your database, out of your
        files, out of your system, out of your systems, !pull ... from, purg*, !purge, remov*, !remove, rid
        of, rub out, !scrap, scrapped, scratch ... from, !scratch my, !scrub, scrub*, !shred, shred*, !strike
        ... from, strip ... from, strip ... out, struck from, struck off, !take ... down, !take ... of, !take
        ... off, !take ... out, take it of, taken away, taken down, taken off, taken out, that gone, them
        gone, !throw ... away, throw ... out, thrown away, tidy away, !trash, unlearn, vanish, !vaporise, want
        ... gone, wants ... gone, was gone, wash your hands, were gone, !wipe, wiped, wiped out, wiping, !zap
    """,
    # to keep
    "keep": """
        are left, be found, be in your, exist, exists, hang on to, hanging on to, have, hold, holding, in your
        database, in your files, in your records, in your system, in your systems, is left, keep, keeping,
        keeps, kept, linger*, on your books, preserv*, remain, remains, remember, retain*, retention, sitting,
        stay, stays, store, stored, storing
    """,
    # no longer, nothing
    "gone": """
        any longer, any more, anymore, doesnt ... anywhere, dont want you to, no longer, no more, not ... any,
        not ... anywhere
    """,
    # to use, share, process
    "use": """
        accessed, alter, consult*, disclose*, do anything, doing anything, edit, hand over, handing, handling,
        happen, happens, look at, looking at, pass, pass ... on, passed, process*, sell, selling, share,
        shared, sharing, sold, touch*, use, used, uses, using, viewed, work with, working with, works with
    """,
    # for a while
    "until": """
        as long as, before, during, for now, for the moment, for the time being, further notice, in the
        meantime, meanwhile, pending, temporarily, til, till, until, while, whilst
    """,
    # to restrict
    "freeze": """
        a hold on, be limited, !block, blocked, blocking, do nothing with, !freeze, freezing, frozen, halt,
        hands off, hold on my, leave ... as is, leave it alone, leave my data alone, leave them alone, !limit
        its, limit its processing, !limit my, !limit processing, !limit the processing, !limit the use, !limit
        their, limitation of, limiting, !lock, locked, moratorium, nothing but store, nothing with it, on
        hold, on ice, only store, !park, parked, !pause, pause*, put ... hold, quarantine*, !restrict,
        restrict*, ring fence*, ringfence*, set aside, store only, !suspend, suspend*, untouched
    """,
    # what data are kept for
    "claim": """
        case, claim, court, dispute, disputed, evidence, hearing, insurer*, investigation, judge, lawsuit,
        lawyer, legal claim*, litigation, ombudsman, proceedings, proof, solicitor, tribunal
    """,
    # to object
    "object": """
        disagree with, dispute that you may, do not accept, do not agree to, do not feel comfortable, dont
        accept, dont agree to, dont feel comfortable, forbid, not comfortable with, not happy about, not happy
        with, !object, objecting, objection*, oppose, opposed, opposing, prohibit, protest, refuse to be, take
        exception
    """,
    # to stop
    "stop": """
        any more, anymore, call it quits, !cease, count me out, do not call, do not contact, do not email, do
        not mail, do not send, do not use, don t, dont call, dont contact, dont email, dont mail, dont rely,
        dont send, dont use, dont want, !end, end to, enough of, exclude, fed up, had enough, keep ... out of,
        keep me out, knock it off, lay off, leave ... out of, leave me alone, leave me out, left out, never,
        no longer, no more, not be used, not done to me, not like to, not to be, not to use, not used, not
        want, not wish, off my back, opt out, opted out, out of your, put an end, !quit, rather not, refrain,
        sick of, !stop, stopped, stopping, tired of, to end, wish to receive no, without
    """,
    # consent
    "consent": """
        accept, accept all, accepted, agree, agreed, agreement to, allow, allowed, approval, authoris*,
        authoriz*, checkbox, clicked accept, consent*, gave my blessing, go ahead to, green light, i was happy
        for, my ok, ok to, okay to, okayed, opt in, opted in, optin, permission*, permitted you, release form,
        said fine, said i was fine, said ok, signed, taking part, thumbs up, tick, ticked, was fine with, yes
    """,
    # to take back
    "withdraw": """
        a no now, back out, cancel my consent, cancelled, change of heart, changed my mind, changed my view,
        changed our minds, do not agree any more, dont agree any more, ends as of, ends here, ends here and
        now, ends now, ends today, expires, is now a no, is over, its a no, lapse*, no from me, no longer
        agree, no longer comfortable, no longer consent, no longer fine, no longer happy, no longer holds, no
        longer ok, no longer okay, no longer stands, no longer valid, not fine any more, not fine anymore, not
        ok any, not ok anymore, not okay any more, not okay anymore, not stand, not valid, off the table, opt
        out of, permission withdrawn, pull my, pulling my, reconsidered, regret, rescind*, retract*, reverse,
        reversing, revocation, revoke*, revoking, say no, second thoughts, stop my consent, take ... consent
        back, take ... permission back, take back, take it back, take that back, take that permission back,
        take this back, taken back, takes back, taking back, taking it back, taking that back, took back,
        undo, untick, unticked, unticking, void, withdraw*, withdrew
    """,
    # a change of mind
    "mind": "change of heart, changed my mind, regret, second thoughts, think better of, thought better",
    # to leave a list
    "offlist": """
        come off ... <list>, from the list, from the mailing, from this list, from your list, from your
        mailing, get off ... <list>, no more emails, no more mails, no more newsletters, off ... <list>, off
        the list, off the mailing, off the newsletter, off this list, off your list, off your mailing, opt me
        out, opt out, opting out, optout, remove ... list, remove ... mailing, remove ... newsletter, sign me
        off, sign me out, sign off, stop ... newsletter, stop emailing, stop sending, take ... off ... <list>,
        unsub, unsubscrib*
    """,
    # to take along or hand over
    "port": """
        bring ... over, bring along, bring with me, carry ... over, directly to, forward ... to, hand ...
        over, handed over, migrate*, migration, move everything, move it to, move my data, move them to, moved
        over, moved to, moving to, over to, pass ... to, port, portab*, ported, porting, send it to my new,
        straight to, take ... along, take ... elsewhere, take ... to, take ... with me, take along, take my
        data along, to take to, transfer*
    """,
    # a form that a machine reads
    "format": """
        another service can read, app can read, as a file, can ingest, can load, can open, can read it in,
        common format, commonly used, csv, digital format, download, downloadable, dump, electronic format,
        excel, export*, file format, import, importable, in a format, json, loads in, machine readable,
        machinereadable, ndjson, open format, product can, program can read, read in, reads in, reusable,
        software can read, something another, spreadsheet, standard format, structured, system can read,
        usable, usb, xls, xlsx, xml, zip
    """,
    # another provider
    "other": """
        another accountant, another app, another company, another platform, another provider, another service,
        another system, another tool, competitor, different bookkeeping, different provider, different
        software, different tool, elsewhere, leaving you, moving to, new accountant, new bookkeeper, new
        people, new platform, new provider, new software, new supplier, new system, next provider, off to,
        other company, other provider, other service, other system, rival*, somewhere else, switch to,
        switching
    """,
    # to correct
    "change": """
        add to, added, !adjust, adjusted, adjustment, !alter, !amend, amend*, append*, be completed, beside
        the remark, bring ... up to date, brought up to date, !change, changed, changing, !complete my,
        completing, completion of, !correct, corrected, correcting, correction*, delete the extra, made
        accurate, made correct, make ... accurate, misspel*, modify, overwrite, put ... beside, put ... right,
        put right, !rectif*, remove the extra, !replace, replace*, revise*, set ... right, set ... straight,
        set right, set straight, spell, spelled, spelt, !swap, swap*, switch over, !update, updated, updating
    """,
    # to put or write, when a new value stands beside it
    "set": "!note, print, !put, !set, !swap, !use, !write, write to",
    # is wrong
    "wrong": """
        address me as, addressed as, addressed me, addressing me, appears as, call me mr, call me mrs, call me
        ms, calling me, correction, corrections, error, false, inaccura*, incomplete, incorrect*, is not,
        isnt, listed as, lists me, mis spelt, misleading, missing, misspel*, mistake*, mixed up, mixes up, no
        longer correct, no longer lives, no longer right, not correct, not right, not true, obsolete, old
        address, old email, old number, old one, old surname, out of date, outdated, previous address,
        recorded as, refer to me as, referred to as, says i, still have my old, still my old, still the old,
        swapped, typo, untrue, wrong, wrongly, you have down, you have me as, you have me down, youve got me
    """,
    # is now
    "newvalue": """
        am now, and not, changed jobs, changed to, correct one, divorced, from next week, goes by, got
        married, has changed, has moved, has to be, have changed, have moved, i am called, i am now, i moved,
        im called, im now, instead of, is actually, is mr, is mrs, is ms, is now, is spelled, is spelt, its
        0*, its 1*, its 2*, its 3*, its 4*, its 5*, its actually, ive moved, just moved, live at, moved from,
        moved house, moved to, must be, must read, my new, needs to be, new address, new email, new job, new
        name, new number, new phone, new surname, not a, not with, now at, now called, now live, now lives,
        ought to be, ought to read, our new, please write to, rather than, replace ... with, right one, should
        be, should read, should say, the correct, title should, we moved, weve moved, with one, with two,
        write to ... instead
    """,
    # states a value, wrong or right
    "states": """
        address is, email address is, email is, first name is, last name is, my name is, name is, number is,
        surname is
    """,
    # access
    "access": """
        access according, access request, access to all, access to data, access to my data, access to my
        personal, access to the following, access to the personal, access under, data access, dsar, insight
        into, request access, requesting access, right of access, right to access, sar, sight of, subject
        access, your source
    """,
    # to see, know, have
    "see": """
        a look, be shown, clarity, confirm*, copies, copy, curious, disclose, disclosure, !email, email me,
        !explain, extract, find out, !forward, furnish, get, !give, giving, !hand, have, hear, i want a, i
        want my, i want the, inform*, inspect, know, learn, !list, listen, look at, !mail, mail me, obtain,
        overview, particulars, print, printed, printout, !provide, provide*, receiv*, reveal, see, !send,
        sending, sent, share with me, !show, showing, supply, !tell, to read, told, transcript, view, watch
    """,
    # to send
    "give": "forward, get, !give, hand over, let me have, let us have, provide, receiv*, !send",
    # a copy
    "copy": """
        copies, copies of, copy, duplicate of, extract, list of, overview, particulars, print out, printout,
        transcript*, version of
    """,
    # question words
    "what": "what, whats, where, which, who, why",
    # to have, store, know
    "hold": """
        accessed, collect*, gather*, got, has, have, held, hold, keep, kept, know, known, logged, looked,
        obtained, on file, opened, possess, process, processed, record, recorded, seen, shared, store, stored,
        there, viewed, written down
    """,
    # what you have about me, where from, who has seen it
    "whatdata": """
        all data you, all information you, all personal data you, all the data you, am i in your, am i on
        your, am i still, anything about me, data about me, data on me, data you have, data you hold, data you
        process, data you store, do you have any, do you have my, do you hold, do you keep, do you still have,
        everything you have, everything you hold, everything you know, files about me, got on me, have about
        me, have on me, have opened, have you got, hold about me, hold on me, how come you have, how did you
        get, how did you obtain, how do you have, how you got, how you obtained, if i am in, if im in, if you
        have any, if you hold, information about me, information you have, information you hold, is on file,
        keep about me, keep on me, profile that lies, stored about me, to whom have, to whom it was, to whom
        my, to whom they, to whom were, to whom you, what all, what data, what datas, what details, what did
        you, what do you have, what do you know, what do you store, what else, what entries, what happened to
        my, what happens with my data, what has been, what have you, what info, what information, what ip,
        what is in, what is known, what is on my, what is recorded, what is sitting, what is stored, what is
        there, what logs, what my file, what my record, what personal, what records, what sits, what there is,
        what was collected, what you collected, what you do with my data, what you gathered, what you have,
        what you hold, what you keep, what you know, what you process, what you recorded, what you store, what
        your files, what your records, what your system, what youre holding, what youve collected, what youve
        got, what youve stored, whatever you have, whatever youve got, whats held, whats in, whats on my,
        where did you find, where did you get, where do you get, where does my, where it came from, where that
        came from, where you find my, where you found my, where you got, where you obtained, whether i am in,
        whether im in, whether my, whether or not you, whether you have, whether you hold, whether you
        process, which companies, which data, which datas, which entries, which information, which members,
        which of my, which personal, which third parties, who do you share, who else, who gave, who gave you,
        who has access, who has been, who has looked, who has my, who has received, who has seen, who have
        you, who looked, who opened, who passed, who received, who sold you, who supplied, who told you, who
        viewed, who you have, who you share, who youve, whom were they, why you have my, with whom
    """,
    # is asked for something else: what do you need
    "need": "best, cost, costs, do i, fill in, how long, how many, how much, must i, need, price, should i",
    # this is about personal data at all
    "privacy": """
        access, account, data, delete*, deletion, dsar, erase*, erasure, gdpr, information, object*, personal,
        privacy*, profile, rectif*, unsubscribe
    """,
    # --- The whole letter ---
    # an earlier request
    "earlier": """
        2nd request, access request of, as requested, asked you, bumping, came back to me, chasing, contacted
        you, dated, days ago, earlier request, filed a, follow up, following up, had asked, have asked, have
        requested, hello again, i asked, i emailed, i filed, i have asked, i have requested, i made, i
        requested, i sent, i submitted, i wrote, ive asked, ive requested, last month, month ago, months ago,
        my ... request of, my access request, my complaint of, my deletion request, my earlier, my email, my
        enquiry of, my erasure request, my last email, my last letter, my last mail, my last message, my
        letter, my mail, my message, my objection of, my previous, my request from, notice of, once more, our
        letter, placed a request, previous request, put in a request, put in my request, reminder, repeatedly,
        sar of, second letter, second request, second time, sent a request, sent you, since my, the below,
        third request, third time, this up your inbox, ticket, twice, we asked, weeks ago, weve asked, written
        to you, wrote to you
    """,
    # a request, perhaps this one
    "request": "my ... request, our ... request, my objection, my complaint",
    # that nobody answered
    "silence": """
        am still, any news, any progress, any update, are still, been ... days, been ... months, been ...
        weeks, been waiting, brought nothing, bump, bumping, came back to me, chasing, crickets, deadline,
        expect the result, expired on, get back to me, got back to me, got no, got nothing, had until, has
        answered, has become of, has expired, has lapsed, has replied, have had no, havent heard, havent
        received, heard back, heard nothing, i am waiting, ignored, ignoring, im waiting, in progress, in
        vain, is late, is still, its still, lost in the, month has passed, month is up, never came, never got,
        never heard, never replied, no acknowledgement, no answer, no feedback, no one ever, no one got back,
        no reply, no response, no sign, no word, nobody answered, nobody came back, nobody ever, nobody got
        back, nobody replied, not a word, not been answered, not been dealt, not come, not had, not heard, not
        received, not replied, not responded, nothing came, nothing happened, nothing happens, nothing has
        happened, nothing since, nudge, overdue, passed without, period expired, quiet, received no, received
        nothing, remind you, reminding you, silence, status of, still getting, still have, still have not,
        still havent, still no, still nothing, still on, still receiving, still there, still waiting,
        substantive reply, to no avail, to which no, unanswered, what happened to, what is the status, whats
        the status, when can i expect, when i can expect, when we can expect, when will i hear, where are
        they, where is it, where is my, where is the rest, wheres my, wheres the rest, without an answer,
        without reply, without result, without success, you did not, you didnt, you have not, you havent
    """,
    # something on top of it
    "also": """
        additionally, also, another thing, as well, besides, from now on, furthermore, in addition, instead,
        moreover, new request, on top of, one more thing, one other thing
    """,
    # for somebody else
    "behalf": """
        authorised representative, deceased, former colleague, guardian, i act for, late husband, late wife,
        mandate, my aunt, my brother, my child, my client*, my colleague, my dad, my daughter, my father, my
        grandfather, my grandmother, my husband, my kid, my mom, my mother, my mum, my neighbour, my partner,
        my sister, my son, my uncle, my wife, on behalf of, our client*, our colleague, our daughter, our
        member, our son, passed away, power of attorney, we act for, we represent
    """,
    # the supervisory authority
    "authority": """
        autoriteit persoonsgegevens, data protection authority, dear authority, dear commissioner, dear ico,
        dutch dpa, information commissioner*, supervisory authority
    """,
    # a complaint is handed in
    "complains": """
        complaint about, complaint against, file ... complaint, filing ... complaint, hereby ... complaint,
        lodge ... complaint, lodging ... complaint, submit ... complaint, submitting ... complaint
    """,
    # signing in
    "password": """
        2fa, access again, access to my account, authenticator, cannot access, cant access, get into my, give
        me access, locked out, log in, log into, logged out, logging in, login, passcode, password*, pin code,
        reset link, sign in, two factor, verification code
    """,
    # ending a contract
    "cancellation": "cancel*, end my contract, end my subscription, give notice, stop my subscription, terminat*",
    # customer service
    "support": """
        bill, billing, broken, bug, crash*, delivery, demo, doesnt work, error, invoice*, not working, opening
        hours, order, parcel, price*, pricing, quotation, quote, refund*, support
    """,
    # for a thesis, a newspaper
    "study": """
        am writing an article, article about, article on, as a journalist, class project, dear supplier,
        dissertation, essay, homework, how we should answer, i am a student, im a student, interview for,
        journalist working on, litigation hold, penetration test, podcast, preservation notice, preserve all
        documents, questionnaire about, reporter, research project, school project, supplier assurance, survey
        for, template letter, thesis, third party review
    """,
    # an automatic answer
    "robot": "auto reply, automatic reply, autoreply, i am away, on annual leave, on leave until, out of office",
    # somebody who sells
    "sales": """
        book a demo, discount, free demo, increase your, limited offer, our software, our solution, sign up
        now, we offer, webinar, white paper
    """,
    "onward": """
        inform ... anyone, inform ... recipients, inform ... third parties, notify ... anyone, notify ...
        recipients, notify ... third parties, pass this on to, tell ... recipients, tell everyone
    """,
    "about_me": """
        about me, about my child, about my daughter, about my father, about my late, about my mother, about my
        son, about us, concerning me, my <field>, my address, my data, my details, my information, my number,
        my personal data, my personal information, of mine, on me, relating to me, to my name, under my name,
        with my name
    """,
    "recording": "cctv, footage, recording*",
    "repair": "!fix, fixed",
    "renew": "after all, again, asking again, once more, one more time, reiterat*, renew*, repeat*",
    "reply": "answer, progress, reply, respond, response, status, update, when",
    "field": """
        address, apartment, bank account, bank details, birth date, birthday, born, date of birth, dob, email,
        flat, gender, initials, name, names, number, postcode, spelling, surname, title
    """,
    "calls_me": """
        address me as, addressed as, addressing me as, call me mr, call me mrs, calling me miss, calling me
        mr, calling me mrs
    """,
    "announces": "my address is now, my name is now, my new ... is, new address is, our new ... is",
    "howto": "how can i, how do i, how to, the button, where can i, where do i, where is it, which button",
    "system": """
        app, archive, archives, books, computer, computers, crm, database, databases, facebook, files, google,
        instagram, internet, list, lists, page, records, servers, site, system, systems, website
    """,
    "halt": "cease, halt, quit, !stop, stop*",
    "recipients": """
        advertisers, anyone, anyone else, other companies, other parties, others, partners, sold, third
        parties
    """,
    "writer": "i, im, ive, we",
    "confirm": "confirm*",
    "no_objection": "do not object, dont object, no objection",
    "ticket": "request, ticket",
    "unaware": "does not know i, doesnt know about this, doesnt know i, doesnt know im, doesnt know that i",
}

SPELLING = """
    delete deleted deletion erase erasure remove removed account personal information details unsubscribe
    newsletter please withdraw consent correct address restrict transfer profile request marketing records
    objection process processing phone permission password unsubscribed newsletters restriction rectification
    portability correction everything database unsubscribing
"""
"""Words whose misspellings are recognised."""
