"""Who may say which verb of an article in which state: the design's table in full, written by hand.

What is not here, nobody may. The article is the station's; `unit` and `desk` reviewed it where it came so far,
`chief` passed it at last and released it; `desk` asked to withdraw, `unit` to restore, `chief` called the emergency.
"""

UNIT = "unit unit_above"
CHIEFS = "chief chief2"
REVIEWERS = f"{UNIT} desk {CHIEFS}"
MEMBERS = f"author colleague {UNIT} desk"
MENDERS = f"author {UNIT} desk"
AT_DESK = f"desk {CHIEFS}"

MAY: dict[str, dict[str, str]] = {
    "start": {"new": MEMBERS},
    "edit": {
        "draft": MENDERS,
        "returned": MENDERS,
        "draft_beside_live": MENDERS,
        "draft_of_withdrawn": MENDERS,
        "unit_review": UNIT,
        "desk_review": "desk",
        "review_beside_live": "desk",
        "final_review": AT_DESK,
        "approved": AT_DESK,
        "called_off": AT_DESK,
        "approved_beside_live": AT_DESK,
        "approved_and_withdrawal_asked": AT_DESK,
    },
    "override": {
        "draft": AT_DESK,
        "returned": AT_DESK,
        "draft_beside_live": AT_DESK,
        "draft_of_withdrawn": AT_DESK,
        "unit_review": AT_DESK,
        "desk_review": AT_DESK,
        "review_beside_live": AT_DESK,
        "final_review": AT_DESK,
        "approved": AT_DESK,
        "called_off": AT_DESK,
        "approved_beside_live": AT_DESK,
        "approved_and_withdrawal_asked": AT_DESK,
        "withdrawn": AT_DESK,
        "emergency": AT_DESK,
        "restoration_asked": AT_DESK,
    },
    "submit": {
        "draft": MEMBERS,
        "returned": MEMBERS,
        "draft_beside_live": MEMBERS,
        "draft_of_withdrawn": MEMBERS,
    },
    "recall": {"unit_review": "author"},
    "pass": {
        "unit_review": UNIT,
        "desk_review": "desk",
        "review_beside_live": "desk",
        "final_review": CHIEFS,
    },
    "return": {
        "unit_review": UNIT,
        "desk_review": "desk",
        "review_beside_live": "desk",
        "final_review": CHIEFS,
        "approved": CHIEFS,
        "called_off": CHIEFS,
        "approved_beside_live": CHIEFS,
        "approved_and_withdrawal_asked": CHIEFS,
    },
    "refuse": {
        "unit_review": AT_DESK,
        "desk_review": AT_DESK,
        "review_beside_live": AT_DESK,
        "final_review": AT_DESK,
    },
    "release": {"approved": CHIEFS, "called_off": CHIEFS, "approved_beside_live": CHIEFS},
    "unschedule": {"scheduled": CHIEFS, "scheduled_beside_live": CHIEFS},
    "revise": {
        "live": MENDERS,
        "live_again": MENDERS,
        "withdrawal_asked": MENDERS,
        "refused_beside_live": MENDERS,
    },
    "withdraw": {
        "live": REVIEWERS,
        "live_again": REVIEWERS,
        "draft_beside_live": REVIEWERS,
        "review_beside_live": REVIEWERS,
        "refused_beside_live": REVIEWERS,
        "approved_beside_live": REVIEWERS,
    },
    "confirm_withdrawal": {"withdrawal_asked": CHIEFS, "approved_and_withdrawal_asked": CHIEFS},
    "decline_withdrawal": {"withdrawal_asked": REVIEWERS, "approved_and_withdrawal_asked": REVIEWERS},
    "withdraw_at_once": {
        "live": CHIEFS,
        "live_again": CHIEFS,
        "withdrawal_asked": CHIEFS,
        "draft_beside_live": CHIEFS,
        "review_beside_live": CHIEFS,
        "refused_beside_live": CHIEFS,
        "approved_beside_live": CHIEFS,
        "approved_and_withdrawal_asked": CHIEFS,
    },
    "sign_off": {"emergency": "desk chief2"},
    "restore": {"withdrawn": REVIEWERS, "draft_of_withdrawn": REVIEWERS},
    "confirm_restoration": {"restoration_asked": AT_DESK},
    "decline_restoration": {"restoration_asked": REVIEWERS},
}
