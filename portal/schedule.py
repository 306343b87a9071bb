"""What happens by itself, and every how many seconds."""

SCHEDULE = {
    "sweep-notices": {"task": "notices.tasks.sweep", "schedule": 30.0},
    "review-changed-links": {"task": "links.tasks.review_changed", "schedule": 600.0},
    "watch-institutions": {"task": "links.tasks.watch_institutions", "schedule": 3600.0},
    "follow-changes": {"task": "certificates.tasks.follow_changes", "schedule": 60.0},
    "let-days-pass": {"task": "reports.tasks.let_days_pass", "schedule": 3600.0},
    "end-replaced": {
        "task": "certificates.tasks.end_those_whose_successor_arrived",
        "schedule": 24 * 3600.0,
    },
    "follow-records": {"task": "reports.tasks.follow_records", "schedule": 60.0},
    "throw-away-old-drafts": {"task": "reports.tasks.throw_away_old_drafts", "schedule": 24 * 3600.0},
    "sweep-sign-ins": {"task": "accounts.tasks.sweep_sign_ins", "schedule": 24 * 3600.0},
    "sweep-sessions": {"task": "accounts.tasks.sweep_sessions", "schedule": 3600.0},
    "repeat-jobs": {"task": "links.tasks.repeat_jobs", "schedule": 60.0},
    "sweep-uploads": {"task": "links.tasks.sweep_uploads", "schedule": 3600.0},
    "end-authority": {"task": "accounts.tasks.end_authority", "schedule": 600.0},
    "sweep-claims": {"task": "accounts.tasks.sweep_claims", "schedule": 24 * 3600.0},
    "seal-trail": {"task": "accounts.tasks.seal_trail", "schedule": 60.0},
    "sign-head": {"task": "accounts.tasks.sign_head", "schedule": 24 * 3600.0},
    "sweep-files": {"task": "accounts.tasks.sweep_files", "schedule": 24 * 3600.0},
    "repeat-exports": {"task": "portal.tasks.repeat_exports", "schedule": 300.0},
    "forget-old": {"task": "portal.tasks.forget_old", "schedule": 24 * 3600.0},
    "compute-figures": {"task": "portal.tasks.compute_figures", "schedule": 24 * 3600.0},
    "make-partitions": {"task": "portal.tasks.make_partitions", "schedule": 24 * 3600.0},
}
