"""Whatever changes something leaves its entry in the audit trail: held in every story that is told.

Each action (an async function of `intake.actions` that is handed a unit of work) is watched wherever a test has it
called. One that changed something must have written the entry that `DEEDS` says: by whom it was done, under its own
name, about its own kind of thing, and no entry twice. `NO_ENTRY` says which actions change something and leave no entry
of their own, and why. An action that stands in none of them has to leave an entry of some kind; since every line of
`intake` is told in some story (`coverage_gates`), every action comes by.
"""

import ast
import functools
import importlib
import sys
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path
from types import ModuleType
from typing import Any

import intake.actions
from intake.rules.audit import AuditEntry
from intake.rules.people.person import Person
from storage.queries.ledger import LedgerRows
from storage.unit_of_work import SqlUnitOfWork

DEEDS: dict[str, tuple[str, str]] = {
    "audit.read_audit.read_audit": ("read_audit", "unit"),
    "meetings.counted_hands.count_up": ("count_hands", "hands"),
    "meetings.hall.limit_speeches": ("limit_speeches", "meeting"),
    "meetings.hall.show_name": ("show_name", "registration"),
    "meetings.postpone_meeting.postpone_meeting": ("postpone_meeting", "meeting"),
    "meetings.publish_results.publish_results": ("publish_results", "meeting"),
    "meetings.way_of_attending.say_how_to_attend": ("say_how_to_attend", "meeting"),
    "papers.make.facts_named": ("make_paper", "plan"),
    "papers.register.keep_final": ("keep_final", "document"),
    "papers.register.mark_sent": ("mark_sent", "document"),
    "papers.register.mark_signed": ("mark_signed", "document"),
    "papers.register.note_making": ("draft_document", "document"),
    "papers.register.register_document": ("register_document", "document"),
    "people.block.block": ("block", "person"),
    "people.block.unblock": ("unblock", "person"),
    "people.contacts.set_contact": ("set_contact", "unit"),
    "people.forget_old.forget_old": ("forget_old", "retention"),
    "plan.change_from_paper.apply_change": ("apply_paper", "plan"),
    "plan.plan_from_paper.load_draft": ("load_plan", "plan"),
    "questions.question_list.export_questions": ("export_questions", "person"),
    "questions.reply_templates.keep_template": ("keep_reply_template", "unit"),
    "questions.reply_templates.remove_template": ("remove_reply_template", "unit"),
    "questions.saved_views.keep_view": ("keep_view", "person"),
    "questions.saved_views.remove_view": ("remove_view", "person"),
    "questions.suggest_topic.set_topic": ("set_topic", "question"),
    "sealed.access.note_reading": ("read_sensitive", "question"),
    "sealed.naming.confirm_named": ("confirmed_in_question", "question"),
    "sealed.naming.drop_named": ("dropped_in_question", "question"),
    "sealed.naming.name": ("named_in_question", "question"),
    "sealed.naming.propose_named": ("propose_named", "question"),
    "sealed.sealing.mark_sensitive": ("sealed_question", "question"),
    "people.leave_computer.leave_computer": ("leave_computer", "account"),
    "questions.appeal.appeal": ("appeal", "question"),
    "questions.gathered.make_petition": ("make_petition", "question"),
    "sealed.keys.set_up": ("name_sealed_officer", "unit"),
    "sealed.keys.name_officer": ("name_sealed_officer", "unit"),
    "sealed.keys.begin_anew": ("name_sealed_officer", "unit"),
    "sealed.keys.replace_recovery": ("replace_recovery_key", "unit"),
    "sealed.mark.seal_question": ("seal_question", "question"),
    "sealed.speech.seal_speech": ("seal_speech", "question"),
    "sealed.speech.unmark_speech": ("unmark_speech", "registration"),
    "sealed.read.keep_under_passphrase": ("set_sealed_passphrase", "unit"),
    "sealed.read.parts_to_read": ("read_sealed", "sealed"),
    "sealed.read.file_to_read": ("read_sealed_file", "sealed"),
    "sealed.read.set_state": ("set_sealed_state", "sealed"),
    "sealed.read.seal_anew": ("seal_anew", "unit"),
    "deadlines.change_calendar.change_calendar": ("change_calendar", "calendar"),
    "deadlines.change_calendar.switch_culture_day": ("switch_culture_day", "calendar"),
    "deadlines.clock_set_back.make_up_for_clock": ("clock_set_back", "clock"),
    "deadlines.office_tasks.accept_task": ("accept_task", "task"),
    "deadlines.office_tasks.finish_task": ("finish_task", "task"),
    "deadlines.office_tasks.settle_own_request": ("settle_own_request", "task"),
    "deadlines.office_tasks.finish_preparation": ("finish_preparation", "meeting"),
    "deadlines.meeting_tasks.give_tasks": ("give_tasks", "meeting"),
    "deadlines.task_reports.report_task": ("report_task", "task"),
    "deadlines.task_reports.add_note": ("note_task", "task"),
    "deadlines.task_reports.see_task": ("see_task", "task"),
    "deadlines.task_reports.send_task_back": ("send_task_back", "task"),
    "deadlines.task_reports.hand_task": ("hand_task", "task"),
    "deadlines.findings.record_finding": ("record_finding", "task"),
    "deadlines.planned_sessions.move_session": ("move_session", "task"),
    "deadlines.planned_sessions.give_up_session": ("give_up_session", "task"),
    "meetings.ask_second_person.ask_for_day": ("ask_second_person", "meeting"),
    "meetings.ask_second_person.ask_for_release": ("ask_second_person", "meeting"),
    "meetings.cancel_meeting.cancel_meeting": ("cancel_meeting", "meeting"),
    "meetings.check_in.check_in": ("check_in", "registration"),
    "meetings.check_in.admit": ("admit", "registration"),
    "meetings.check_in.undo_check_in": ("undo_check_in", "registration"),
    "meetings.check_in.wants_to_speak": ("wants_to_speak", "registration"),
    "meetings.check_in.guest_in": ("check_in", "guest"),
    "meetings.check_in.undo_guest_in": ("undo_check_in", "guest"),
    "meetings.compose_roster.move_on_roster": ("move_on_roster", "registration"),
    "meetings.compose_roster.take_off_roster": ("take_off_roster", "registration"),
    "meetings.compose_roster.set_seat": ("set_seat", "registration"),
    "meetings.compose_roster.add_to_roster": ("register", "registration"),
    "meetings.announce_results.announce_results": ("announce_results", "notice"),
    "meetings.announce_results.require_results_sheet": ("make_paper", "plan"),
    "meetings.demands.ask_for_meeting": ("ask_for_meeting", "demand"),
    "meetings.demands.enter_demand": ("enter_demand", "demand"),
    "meetings.demands.open_demand": ("open_demand", "demand"),
    "meetings.demands.join_demand": ("join_demand", "demand"),
    "meetings.demands.leave_demand": ("leave_demand", "demand"),
    "meetings.demands.count_demand": ("count_demand", "demand"),
    "meetings.demands.grant_demand": ("decide_demand", "demand"),
    "meetings.demands.decline_demand": ("decide_demand", "demand"),
    "meetings.show_of_hands.ask_for_hands": ("ask_for_hands", "hands"),
    "meetings.hands_by_eye.enter_hands": ("enter_hands", "hands"),
    "meetings.show_of_hands.put_hand_up": ("put_hand_up", "hands"),
    "meetings.show_of_hands.count_hands": ("count_hands", "hands"),
    "meetings.hamlet_records.enter_record": ("enter_record", "meeting"),
    "meetings.surveys.make_survey": ("make_survey", "survey"),
    "meetings.surveys.send_survey": ("send_survey", "survey"),
    "meetings.surveys.pass_survey_on": ("pass_survey_on", "survey"),
    "meetings.surveys.drop_survey": ("drop_survey", "meeting"),
    "meetings.surveys.close_survey": ("close_survey", "survey"),
    "meetings.end_survey.end_survey": ("close_survey", "survey"),
    "meetings.answer_survey.answer_survey": ("answer_survey", "survey"),
    "meetings.answer_survey.count_answers": ("count_survey", "survey"),
    "meetings.conclude.add_item": ("add_conclusion", "conclusion"),
    "meetings.conclude.remove_item": ("remove_conclusion", "conclusion"),
    "meetings.conclude.submit_conclusion": ("submit_conclusion", "meeting"),
    "meetings.conclude.publish_conclusion": ("publish_conclusion", "conclusion"),
    "meetings.public_progress.publish_progress": ("publish_progress", "conclusion"),
    "meetings.public_progress.take_back_progress": ("take_back_progress", "conclusion"),
    "meetings.conclude.report_progress": ("report_progress", "conclusion"),
    "meetings.conclusion_clocks.move_item": ("move_conclusion", "conclusion"),
    "meetings.decide_request.approve_request": ("approve_request", "meeting"),
    "meetings.decide_request.return_request": ("return_request", "meeting"),
    "meetings.fix_meeting.fix_meeting": ("fix_meeting", "meeting"),
    "meetings.floor.give_floor": ("give_floor", "registration"),
    "meetings.floor.end_speech": ("end_speech", "registration"),
    "meetings.floor.pass_over": ("pass_over", "registration"),
    "meetings.guest_code.give_guest_code": ("give_guest_code", "guest"),
    "meetings.guest_code.take_guest_place": ("take_guest_place", "guest"),
    "meetings.guests.add_guests": ("add_guests", "meeting"),
    "meetings.guests.add_colleague": ("add_guests", "meeting"),
    "meetings.guests.remove_guest": ("remove_guest", "meeting"),
    "meetings.hold_meeting.open_meeting": ("open_meeting", "meeting"),
    "meetings.hold_meeting.close_meeting": ("close_meeting", "meeting"),
    "meetings.hold_meeting.declare_held": ("declare_held", "meeting"),
    "meetings.in_room.answer_in_room": ("answer_in_room", "question"),
    "meetings.in_room.direct_in_room": ("direct_in_room", "question"),
    "meetings.in_room.take_up": ("take_up", "question"),
    "meetings.in_room.refer_in_room": ("refer_in_room", "question"),
    "meetings.in_room.leave_out": ("leave_out", "question"),
    "meetings.in_room.give_reason": ("give_reason_not_put", "question"),
    "meetings.invite_guests.send_invitations": ("send_invitations", "meeting"),
    "meetings.invite_guests.answer_invitation": ("answer_invitation", "guest"),
    "meetings.make_meeting.make_meeting": ("make_meeting", "meeting"),
    "meetings.prove_notice.confirm_notice": ("confirm_notice", "notice"),
    "meetings.push_notice.push_notice": ("push_notice", "notice"),
    "meetings.quotas.set_quota": ("set_quota", "meeting"),
    "meetings.quotas.set_lists_due": ("set_lists_due", "meeting"),
    "meetings.register.register": ("register", "registration"),
    "meetings.register.withdraw": ("withdraw", "registration"),
    "meetings.release_notice.release_notice": ("release_notice", "notice"),
    "meetings.run_sheet.tick_step": ("tick_step", "meeting"),
    "meetings.run_sheet.untick_last": ("untick_step", "meeting"),
    "meetings.send_digest.send_digest": ("send_digest", "meeting"),
    "meetings.speaking_order.move_speaker": ("move_speaker", "registration"),
    "meetings.speaking_order.set_speaking_topic": ("set_speaking_topic", "registration"),
    "meetings.submit_roster.submit_roster": ("submit_roster", "roster"),
    "meetings.submit_roster.accept_roster": ("accept_roster", "roster"),
    "meetings.submit_roster.return_roster": ("return_roster", "roster"),
    "meetings.submit_roster.remind_rosters": ("remind_rosters", "meeting"),
    "outbox.set_aside.retry_letters": ("retry_letters", "outbox"),
    "outbox.set_aside.discard_letters": ("discard_letters", "outbox"),
    "outbox.tell.tell_in_person": ("tell_in_person", "person"),
    "meetings.for_whom.say_for_whom": ("say_for_whom", "meeting"),
    "papers.figures.enter_year": ("enter_year", "unit"),
    "papers.make.require_paper": ("make_paper", "plan"),
    "papers.due_papers.order_due_paper": ("make_paper", "plan"),
    "papers.templates.keep_unit_template": ("keep_paper_template", "unit"),
    "papers.templates.drop_unit_template": ("drop_paper_template", "unit"),
    "people.breaches.close_breach": ("close_breach", "breach"),
    "people.breaches.note_breach": ("note_breach", "breach"),
    "people.breaches.report_breach": ("report_breach", "breach"),
    "people.consent.agree_again": ("agree_again", "person"),
    "people.consent.withdraw_consent": ("withdraw_consent", "person"),
    "people.restrict.lift_restriction": ("lift_restriction", "person"),
    "people.make_copy.make_copy": ("copy_own_data", "person"),
    "audit.note_settings.note_settings": ("note_settings", "settings"),
    "people.restrict.restrict": ("restrict_data", "person"),
    "people.correct.correct_name": ("correct", "person"),
    "people.correct.correct_phone": ("correct", "person"),
    "people.correct.move_home": ("correct", "person"),
    "people.correct.correct_mark": ("correct", "person"),
    "people.enrol.enrol": ("enrol", "person"),
    "people.enrol.enter_unnamed": ("enter_unnamed", "person"),
    "people.enrol.enter_neighbour": ("enter_neighbour", "person"),
    "people.household.add_member": ("add_member", "person"),
    "people.invite.make_invitation": ("invite", "unit"),
    "people.invite.accept_invitation": ("accept_invitation", "unit"),
    "people.link_accounts.confirm_link": ("link", "person"),
    "people.link_accounts.unlink": ("unlink", "person"),
    "people.office_session.end_session": ("close_desk", "person"),
    "people.office_session.open_session": ("open_desk", "person"),
    "people.own_data.erase": ("erase", "person"),
    "people.own_data.request_about_data": ("request_about_data", "task"),
    "people.take_back.resume": ("resume_role", "person"),
    "people.deputies.name_deputy": ("name_deputy", "person"),
    "people.deputies.end_deputy": ("end_deputy", "person"),
    "plan.own_topics.change_topic": ("change_topic", "unit"),
    "plan.own_topics.add_topic": ("add_topic", "unit"),
    "deadlines.change_calendar.change_calendar_here": ("change_calendar", "calendar"),
    "plan.apply_plan.take_window": ("take_window", "meeting"),
    "plan.choose_reading.choose_reading": ("choose_reading", "plan"),
    "plan.choose_reading.read_again": ("choose_reading", "plan"),
    "plan.decide_open_point.decide_open_point": ("decide_open_point", "plan"),
    "plan.change_from_paper.end_plan": ("end_plan", "plan"),
    "plan.papers_applied.note_paper": ("apply_paper", "plan"),
    "plan.load_plan.load_plan": ("load_plan", "plan"),
    "questions.ask_question.ask_question": ("ask_question", "question"),
    "questions.clarify.ask_back": ("ask_back", "question"),
    "questions.clarify.clarify": ("clarify", "question"),
    "questions.decide.approve": ("approve", "question"),
    "questions.decide.send_back": ("send_back", "question"),
    "questions.group_questions.join": ("join", "question"),
    "questions.group_questions.separate": ("separate", "question"),
    "questions.make_public.make_public": ("make_public", "question"),
    "questions.make_public.take_back": ("take_back_public", "question"),
    "questions.mark_urgent.mark_urgent": ("mark_urgent", "question"),
    "questions.mark_urgent.take_back_urgent": ("take_back_urgent", "question"),
    "questions.note_reply_by_hand.note_reply_by_hand": ("reply_by_hand", ""),
    "questions.nudge.nudge": ("nudge", "question"),
    "questions.propose.propose_answer": ("propose", "question"),
    "questions.propose.propose_referral": ("propose", "question"),
    "questions.propose.propose_extension": ("propose", "question"),
    "questions.propose.return_question": ("return_question", "question"),
    "questions.rate_answer.rate_answer": ("rate_answer", "question"),
    "questions.rate_answer.reopen": ("reopen", "question"),
    "questions.repeated_cases.link": ("link_case", "case"),
    "questions.repeated_cases.unlink": ("unlink_case", "case"),
    "questions.repeated_cases.propose_direction": ("propose_direction", "case"),
    "questions.repeated_cases.settle": ("settle_case", "case"),
    "questions.suggest_topic.accept": ("set_topic", "question"),
    "questions.write_down.write_down": ("write_down", "question"),
    "questions.triage.assign": ("assign", "question"),
    "questions.triage.reassign": ("reassign", "question"),
    "questions.triage.keep_for_meeting": ("keep_for_meeting", "question"),
    "questions.triage.decline": ("decline", "question"),
}
"""What the entry of an action says: the verb, and the kind of thing it is about (empty: more than one kind)."""

SEVERAL_VERBS = {
    "people.left_deputies.end_what_rested_on": "one for each office somebody stood in for",
    "sealed.sealing.unmark_sensitive": "unsealed, or the asker is asked first",
    "sealed.sealing.answer_unsealing": "unsealed, or kept sealed",
    "people.hamlet_heads.take_hamlets": "one for each hamlet that is new, one for each code",
    "meetings.check_in.walk_in": "let in by the registration there is, or by a new one",
    "sealed.read.note_try": "the store was opened, or a wrong passphrase tried",
    "outbox.broadcast.change_broadcast": "paused, resumed, stopped",
    "outbox.broadcast.change_by_command": "the same from the command line",
    "outbox.broadcast.set_state": "the same",
    "people.office_session.end_sessions": "one for each browser that was in",
    "people.invite.decide_invitation": "agreed to or refused",
    "people.deputies.decide_deputy": "agreed to or refused",
    "people.roles.end_grant": "taken back, suspended, replaced, given back",
    "people.take_back.decide_request": "approved or refused",
    "people.take_back.suspend": "suspended, or asked of a second person",
    "people.take_back.take_back": "taken back, or asked of a second person",
    "questions.groups.put_on_desk": "moved, or assigned when it comes from triage",
    "people.take_back.turn_round": "one for each role that is suspended back",
}
"""Actions whose entries have one of several verbs, or one for each of several things."""

_PART = "a part of the deed that calls it, which writes the entry"
_CLOCK = "the clock does it, nobody decides it; what was told stands in the outbox, what was raised among the alerts"
NO_ENTRY = {
    "sealed.receive.seal_away": "an entry would say at which moment which chat had sent something sealed",
    "sealed.receive.add_to_matter": "an entry would say at which moment which chat had sent something sealed",
    "sealed.receive.add_part": "an entry would say at which moment which chat had sent something sealed",
    "sealed.receive.tell_officer": "a letter, about what has no entry on purpose",
    "sealed.receive.matter_of_code": "counts wrong guesses",
    "people.leave_computer.close_chat": _PART,
    "deadlines.planned_sessions.owe_no_session": _PART,
    "questions.ask_question.next_reference": _PART,
    "questions.ask_question.take_in": _PART,
    "questions.clarify.await_no_reply": _PART,
    "questions.gathered.gather": _PART,
    "questions.gathered.look_into": _PART,
    "questions.gathered.owe_reply": _PART,
    "sealed.shown.forget_words": _PART,
    "sealed.shown.hide_asker": _PART,
    "sealed.shown.take_back_shown": _PART,
    "sealed.naming.read_again": "reads anew whom a text names; what it proposes has an entry of its own",
    "sealed.keys.keep_anew": _PART,
    "people.confirm_again.ask_again": "a question in the chat; what is done with the answer is the entry",
    "people.confirm_again.answer_again": "a question in the chat; what is done with the answer is the entry",
    "people.confirm_again.use_confirmation": "a question in the chat; what is done with the answer is the entry",
    "audit.seal.hand_out_head": _CLOCK,
    "audit.seal.seal_entries": "the seal is the trace",
    "deadlines.calendar_upkeep.remind_of_calendar": _CLOCK,
    "deadlines.calendar_upkeep.settle_clocks": "each clock that moves has an entry of its own",
    "meetings.publish_results.note_means": _PART,
    "deadlines.task_reports.meet_task": _PART,
    "deadlines.clocks.start_clock": _PART,
    "deadlines.clocks.start_reply": _PART,
    "deadlines.clocks.start_target": _PART,
    "deadlines.clocks.stop_clocks": _PART,
    "deadlines.office_tasks.open_fixed_dates": _PART,
    "deadlines.office_tasks.open_reports": _CLOCK,
    "deadlines.office_tasks.withdraw_date": _PART,
    "deadlines.meeting_tasks.count_from_end": _PART,
    "deadlines.meeting_tasks.withdraw_tasks": _PART,
    "deadlines.planned_sessions.open_sessions": _CLOCK,
    "deadlines.planned_sessions.owe_session_again": _PART,
    "deadlines.planned_sessions.settle_session": _PART,
    "deadlines.provisional.end_provisional_replies": _PART,
    "deadlines.provisional.start_provisional_replies": "one for each question",
    "deadlines.recompute_clocks.recompute": "each clock that moves has an entry of its own",
    "deadlines.recompute_clocks.recompute_for_meeting": "each clock that moves has an entry of its own",
    "deadlines.recompute_clocks.recompute_later": _PART,
    "deadlines.rest.go_on": _PART,
    "deadlines.rest.rest_clocks": _PART,
    "people.consent_taken.take_consent": _PART,
    "deadlines.sweep.close_silent": "one for each question",
    "deadlines.sweep.sweep": _CLOCK,
    "deadlines.sweep.watch_sweep": _CLOCK,
    "meetings.airing.call_off_notice": _PART,
    "meetings.airing.hand_to_broadcasters": _PART,
    "meetings.chase_notices.chase_notices": _CLOCK,
    "meetings.surveys.close_due_surveys": "one for each survey",
    "meetings.end_survey.end_surveys_of": "one for each survey",
    "meetings.end_survey.move_surveys": "one for each survey that has to end earlier",
    "meetings.conclusion_clocks.meet_item_clock": _PART,
    "meetings.conclusion_clocks.start_item_clock": _PART,
    "meetings.fix_meeting.withdraw_requests": _PART,
    "meetings.in_room.send_held": "sends the answers that were given in the room, each with an entry of then",
    "meetings.invite_guests.ask_guests_again": _PART,
    "meetings.invite_guests.tell_guests_cancelled": _PART,
    "meetings.invite_guests.without_invitation": "finds whom a proven number has made known; inviting them is the deed",
    "meetings.meeting_people.tell_people_of": _PART,
    "meetings.push_notice.refuse_twice": _PART,
    "meetings.quotas.follow_plan_quota": _PART,
    "meetings.quotas.open_quotas": _PART,
    "meetings.quotas.tell_lists_due": _PART,
    "meetings.register.new_registration": _PART,
    "meetings.release_notice.meet_when_everywhere": _PART,
    "meetings.remind_guests.remind_guests": _CLOCK,
    "meetings.remind_registered.drop_reminders": _PART,
    "meetings.remind_registered.remind_registered": _CLOCK,
    "meetings.remind_rosters.remind_due_rosters": _CLOCK,
    "people.deputies.lay_before_deputies": _CLOCK,
    "questions.news.tell_held": _CLOCK,
    "questions.news.tell_news": _PART,
    "meetings.seats.fill_seats": "one for each who moves up",
    "meetings.seats.roster_of": _PART,
    "meetings.seats.tell_composers": _PART,
    "meetings.speaking_order.leave_order": _PART,
    "meetings.submit_roster.remind_roster": _PART,
    "outbox.broadcast.start_broadcast": _PART,
    "outbox.paid_messages.count_paid_messages": "counted by the month, told at 80 and 100 %",
    "outbox.refused.note_refused": "the same letter by another way",
    "outbox.reroute.reroute": "the same letter by another way",
    "outbox.retention.prune_inbox": "what nobody asks for any more is forgotten by its age",
    "outbox.retention.prune_letters": "what nobody asks for any more is forgotten by its age",
    "outbox.tell.tell": _PART,
    "outbox.tell_of_deafness.tell_of_deafness": "a process noticed something; whom it told stands among the alerts",
    "outbox.tell.tell_asker": _PART,
    "outbox.tell.tell_each": _PART,
    "people.link_accounts.ask_for_code": "a code changes nothing until both chats have agreed",
    "people.link_accounts.claim_link": "a code changes nothing until both chats have agreed",
    "people.link_accounts.find_link": "a code changes nothing until both chats have agreed",
    "people.link_accounts.refuse_link": "a code changes nothing until both chats have agreed",
    "people.admit_file.admit_file": "counts what a chat leaves in a day",
    "papers.order.order_paper": "who had what made is the entry of `require_paper`; where it goes",
    "papers.order.deliver": "the same, once the file is there; a numbered one is kept with its document",
    "papers.order.give_up": "the same, where no file can be made",
    "papers.register.begin_file": "that the document was made has its entry; this is where its file will lie",
    "papers.register.finish_file": "likewise; this is where it lies",
    "questions.drafts.keep_draft": "what one types for oneself and has not sent is no deed",
    "questions.drafts.open_question": "that somebody has it open is no deed; reading what is sealed has its entry",
    "people.collect_files.collect_files": "what nothing names any more is forgotten by its age",
    "people.office_session.ask_in": "a code changes nothing until the chat has agreed",
    "people.office_session.come_in": "a code changes nothing until the chat has agreed",
    "people.office_session.find_entry": "a code changes nothing until the chat has agreed",
    "people.office_session.forget_browsers": "what nobody asks for any more is forgotten by its age",
    "people.office_session.let_in": "a code changes nothing until the browser comes in, which is the entry",
    "people.office_session.note_use": "that somebody was seen is no deed",
    "people.office_session.turn_away": "a code changes nothing until the chat has agreed",
    "outbox.tell.tell_spoken_for": _PART,
    "people.breaches.remind_breaches": _CLOCK,
    "people.household.leave_household": _PART,
    "people.note_activity.note_activity": "that somebody was heard from is no deed",
    "people.office.note": _PART,
    "people.office.tell_desk": _PART,
    "people.office.tell_old_desk": _PART,
    "people.office.tell_secretaries": _PART,
    "people.office.wake_clocks": _PART,
    "people.office.withdraw_proposals": _PART,
    "people.roles.tell_given": _PART,
    "people.roles.tell_new_chat": _PART,
    "people.roles.tell_power": _PART,
    "people.speaking_for.give_back_lent": _PART,
    "people.speaking_for.hand_over": _PART,
    "people.speaking_for.take_over_waiting": _PART,
    "people.take_back.resume_due": "one for each role",
    "plan.apply_plan.lay_out": _PART,
    "questions.answer_group.share_answer": "one for each question that gets the answer",
    "questions.answer_group.share_promise": "one for each question that gets the answer",
    "questions.carry_out.give_answer": _PART,
    "questions.carry_out.give_promise": _PART,
    "questions.groups.assign_group": "one for each question",
    "questions.groups.leave_group": _PART,
    "questions.groups.reassign_group": "one for each question",
    "questions.propose.lay_before": _PART,
    "questions.propose.lay_before_new": _PART,
    "questions.similar_questions.similar_to": "only reads; what was changed before is written down for it",
}
"""Actions that change something and write no entry, or none that could be said here, each with the reason."""

ATTEMPTS = {"meetings.guest_code.take_guest_place": "a wrong code is counted, and nothing is taken"}
"""Actions that return None where nothing came of it, though something was noted."""

refused: list[AssertionError] = []
"""What was held against an action while a test ran: a page of the desk turns any error into a polite sentence."""

_heard: ContextVar[tuple[list[AuditEntry], ...]] = ContextVar("entries of the actions that are being done", default=())


def actions() -> dict[str, str]:
    """Every action by its name under `intake.actions`, with the module it stands in."""
    root = Path(next(iter(intake.actions.__path__)))
    found = {}
    for file in sorted(root.rglob("*.py")):
        module = ".".join(file.relative_to(root).with_suffix("").parts)
        for part in ast.parse(file.read_text("utf-8")).body:
            if isinstance(part, ast.AsyncFunctionDef) and not part.name.startswith("_"):
                takes = [argument.arg for argument in part.args.args[:1]]
                if takes == ["uow"]:
                    found[f"{module}.{part.name}"] = f"intake.actions.{module}"
    return found


def watch() -> None:
    """From now on hold every action to its entry, whoever calls it.

    Every module of actions is imported for it: one that only a room of the desk imports is watched like any other.
    """
    watched: dict[int, Any] = {}
    for name, module in actions().items():
        original = getattr(importlib.import_module(module), name.rpartition(".")[2])
        watched[id(original)] = held(name, original)
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType) and module.__name__.partition(".")[0] in _ROOMS:
            _replace(vars(module), watched)
    written = LedgerRows.write

    async def write(self: LedgerRows, entry: AuditEntry, **more: Any) -> None:
        for entries in _heard.get():
            entries.append(entry)
        await written(self, entry, **more)

    LedgerRows.write = write  # type: ignore[method-assign]


_ROOMS = ("intake", "handlers", "bot", "scheduler", "web", "tests")


def _replace(names: dict[str, Any], watched: dict[int, Any]) -> None:
    for name, value in list(names.items()):
        if id(value) in watched:
            names[name] = watched[id(value)]


def held(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    """The action as it is, and held to its entry."""

    @functools.wraps(original)
    async def watched(uow: SqlUnitOfWork, *args: Any, **named: Any) -> Any:
        entries: list[AuditEntry] = []
        attempt = uow.attempt()
        around = _heard.get()
        token = _heard.set((*around, entries))
        try:
            outcome = await original(uow, *args, **named)
        finally:
            _heard.reset(token)
        if attempt.has_written and not (outcome is None and name in ATTEMPTS):
            by = [named["by"]] if "by" in named else list(named.values())
            try:
                hold(name, entries, by, part=bool(around))
            except AssertionError as why:
                refused.append(why)
                raise
        return outcome

    return watched


def hold(name: str, entries: list[AuditEntry], by: Sequence[object], *, part: bool = False) -> None:
    """Raise `AssertionError` unless an action that changed something has written what it should.

    `by` are those who may have done it; whoever of them is no person is passed over. Of an action that no row is about
    an entry is asked, unless it is a `part` of another one.
    """
    said = [(entry.act, entry.subject) for entry in entries]
    if name in NO_ENTRY:
        return
    if name not in DEEDS and name not in SEVERAL_VERBS:
        assert said or part, (
            f"{name} changed something and left no entry in the audit trail: have it write one, or say in NO_ENTRY of "
            f"{__name__} why there is none"
        )
        return
    twice = {one for one in said if said.count(one) > 1}
    if name in SEVERAL_VERBS:
        assert said, f"{name} changed something and left no entry in the audit trail"
        return
    act, kind = DEEDS[name]
    own = [entry for entry in entries if entry.act == act and kind in ("", entry.subject.partition(":")[0])]
    assert own, f"{name} changed something and wrote no {act} about a {kind}, but {said}"
    assert not twice, f"{name} wrote twice {twice}"
    people = {one.id for one in by if isinstance(one, Person)}
    assert not people or {entry.actor_id for entry in own} <= people, (
        f"{name} was done by {people}, not by {own[0].actor_id}"
    )
