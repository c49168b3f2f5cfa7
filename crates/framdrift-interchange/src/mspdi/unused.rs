//! Elements of MSPDI that are known and not taken, and why.

use crate::loss::LossKind;
use LossKind::{Dropped, NotKept, Recomputed};

/// What becomes of an element that nobody takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fate {
    /// Nothing is lost where it has one of these values; else it is not kept.
    Neutral(&'static [&'static str]),
    /// It is lost.
    Is(LossKind, &'static str),
    /// It is not known.
    Unknown,
}

const COSTS: &str = "costs have no place in a programme";
const EARNED: &str = "earned value has no place in a programme";
const WORK: &str = "amounts of work have no place in a programme; durations count";
const RESOURCES: &str = "resources have no place in a programme";
const SHOWN: &str = "it says how things are shown";
const STORED: &str = "a stored result";
const META: &str = "it is about the file, not the plan";
const EDITING: &str = "a setting for editing; it moves nothing that is there";
const FIELDS: &str = "custom fields and codes have no place in a programme";
const LEVELLING: &str = "levelling is not done here";

/// What becomes of an element `name` of a record `owner`.
pub(super) fn fate(owner: &str, name: &str) -> Fate {
    let table = match owner {
        "Project" => PROJECT,
        "Task" => TASK,
        "Calendar" => CALENDAR,
        "Resource" => return resource(name),
        "Assignment" => return assignment(name),
        _ => return Fate::Unknown,
    };
    let found = table.iter().find(|(names, _)| names.contains(&name));
    found.map_or(Fate::Unknown, |(_, fate)| *fate)
}

type Row = (&'static [&'static str], Fate);

const PROJECT: &[Row] = &[
    (
        &[
            "SaveVersion",
            "UID",
            "GUID",
            "CreationDate",
            "LastSaved",
            "Revision",
            "BuildNumber",
            "CurrentDate",
            "Author",
            "BaselineCalendar",
            "Company",
            "Manager",
            "Subject",
            "Category",
            "Keywords",
            "Comments",
            "Template",
            "ExtendedCreationDate",
            "ProjectExternallyEdited",
            "RemoveFileProperties",
            "AdminProject",
            "MicrosoftProjectServerURL",
            "ActualsInSync",
        ],
        Fate::Is(NotKept, META),
    ),
    (
        &[
            "CurrencyDigits",
            "CurrencySymbol",
            "CurrencyCode",
            "CurrencySymbolPosition",
            "DefaultFixedCostAccrual",
            "DefaultStandardRate",
            "DefaultOvertimeRate",
            "SpreadActualCost",
            "EditableActualCosts",
            "StandardRateFormat",
            "OvertimeRateFormat",
        ],
        Fate::Is(NotKept, COSTS),
    ),
    (
        &[
            "EarnedValueMethod",
            "DefaultTaskEVMethod",
            "BaselineForEarnedValue",
            "FYStartDate",
            "FiscalYearStart",
        ],
        Fate::Is(NotKept, EARNED),
    ),
    (
        &[
            "DefaultStartTime",
            "DefaultFinishTime",
            "DefaultTaskType",
            "DurationFormat",
            "WorkFormat",
            "NewTasksEffortDriven",
            "NewTasksEstimated",
            "NewTaskStartDate",
            "NewTasksAreManual",
            "Autolink",
            "AutoAddNewResourcesAndTasks",
            "InsertedProjectsLikeSummary",
            "TaskUpdatesResource",
            "SpreadPercentComplete",
            "MoveCompletedEndsBack",
            "MoveRemainingStartsBack",
            "MoveRemainingStartsForward",
            "MoveCompletedEndsForward",
            "SplitsInProgressTasks",
            "UpdateManuallyScheduledTasksWhenEditingLinks",
            "KeepTaskOnNearestWorkingTimeWhenMadeAutoScheduled",
            "WeekStartDay",
        ],
        Fate::Is(NotKept, EDITING),
    ),
    (
        &[
            "Views",
            "Filters",
            "Groups",
            "Tables",
            "Maps",
            "Reports",
            "Drawings",
            "DataLinks",
            "VBAProjects",
        ],
        Fate::Is(NotKept, SHOWN),
    ),
    (
        &["OutlineCodes", "WBSMasks", "ExtendedAttributes"],
        Fate::Is(NotKept, FIELDS),
    ),
];

const TASK: &[Row] = &[
    (
        &[
            "EarlyStart",
            "EarlyFinish",
            "LateStart",
            "LateFinish",
            "StartVariance",
            "FinishVariance",
            "WorkVariance",
            "DurationVariance",
            "FreeSlack",
            "TotalSlack",
            "StartSlack",
            "FinishSlack",
            "Critical",
            "ActualDuration",
            "PercentWorkComplete",
            "OutlineNumber",
            "OverAllocated",
            "Overallocated",
            "ResumeValid",
        ],
        Fate::Is(Recomputed, STORED),
    ),
    (
        &[
            "Cost",
            "FixedCost",
            "FixedCostAccrual",
            "OvertimeCost",
            "ActualCost",
            "ActualOvertimeCost",
            "RemainingCost",
            "RemainingOvertimeCost",
            "BudgetCost",
        ],
        Fate::Is(NotKept, COSTS),
    ),
    (
        &[
            "ACWP",
            "BCWS",
            "BCWP",
            "CV",
            "SV",
            "VAC",
            "CostVariance",
            "EarnedValueMethod",
            "PhysicalPercentComplete",
        ],
        Fate::Is(NotKept, EARNED),
    ),
    (
        &[
            "Work",
            "OvertimeWork",
            "ActualWork",
            "ActualOvertimeWork",
            "RegularWork",
            "RemainingWork",
            "RemainingOvertimeWork",
            "BudgetWork",
            "ActualWorkProtected",
            "ActualOvertimeWorkProtected",
            "TimephasedData",
        ],
        Fate::Is(NotKept, WORK),
    ),
    (&["Priority"], Fate::Neutral(&["500"])),
    (
        &[
            "LevelAssignments",
            "LevelingCanSplit",
            "PreLeveledStart",
            "PreLeveledFinish",
        ],
        Fate::Is(NotKept, LEVELLING),
    ),
    (&["EffortDriven"], Fate::Neutral(&["0"])),
    (
        &[
            "Notes",
            "Contact",
            "Hyperlink",
            "HyperlinkAddress",
            "HyperlinkSubAddress",
        ],
        Fate::Is(NotKept, "notes and addresses have no place in a programme"),
    ),
    (
        &["WBS", "WBSLevel", "OutlineCode", "ExtendedAttribute"],
        Fate::Is(NotKept, FIELDS),
    ),
    (
        &["Baseline"],
        Fate::Is(NotKept, "baselines have no place in a programme"),
    ),
    (
        &[
            "HideBar",
            "Rollup",
            "DisplayAsSummary",
            "DisplayOnTimeline",
            "ShowAsSummary",
            "FreeformDurationFormat",
        ],
        Fate::Is(NotKept, SHOWN),
    ),
    (
        &["Recurring"],
        Fate::Is(NotKept, "the tasks of a recurring task are taken one by one"),
    ),
    (
        &["StartText", "FinishText", "DurationText"],
        Fate::Is(
            NotKept,
            "it is what was typed instead of a date; the dates beside it count",
        ),
    ),
    (
        &[
            "GUID",
            "ID",
            "CreateDate",
            "IsPublished",
            "StatusManager",
            "CommitmentType",
            "CommitmentStart",
            "CommitmentFinish",
            "Estimated",
        ],
        Fate::Is(NotKept, META),
    ),
    (
        &["SubprojectName", "SubprojectReadOnly", "IsSubprojectReadOnly"],
        Fate::Neutral(&["0"]),
    ),
    (
        &["ExternalTaskProject"],
        Fate::Is(NotKept, "where an external task comes from has no place in a programme"),
    ),
    (
        &["Split", "Splits"],
        Fate::Is(Dropped, "work in several pieces is one piece here"),
    ),
];

const CALENDAR: &[Row] = &[(&["GUID", "IsBaselineCalendar"], Fate::Is(NotKept, META))];

fn resource(name: &str) -> Fate {
    match name {
        "GUID" | "ID" | "CreationDate" | "IsNull" => Fate::Is(NotKept, META),
        _ => Fate::Is(NotKept, RESOURCES),
    }
}

fn assignment(name: &str) -> Fate {
    match name {
        "Start"
        | "Finish"
        | "Stop"
        | "Resume"
        | "StartVariance"
        | "FinishVariance"
        | "WorkVariance"
        | "PercentWorkComplete"
        | "ActualStart"
        | "ActualFinish" => Fate::Is(Recomputed, STORED),
        "LevelingDelay" => Fate::Neutral(&["0"]),
        _ => Fate::Is(NotKept, RESOURCES),
    }
}
