public import Domain
import UseCases

/// A page of a ticket's clocks, each with what it counted.
struct TimersResource: ResponseObject, Linked {
    private let now: Timestamp
    private let page: Page<TimerResource>
    private let policies: [PolicyTrialResource]

    init(_ timers: TimerQueries.Timers, of request: PageRequest) throws {
        now = timers.now
        policies = timers.trials.map { PolicyTrialResource(trial: $0) }
        let last = timers.hasMore ? timers.timers.last?.position : nil
        page = try Page(timers.timers.map { TimerResource(explanation: $0.explanation) }, next: last.map(Cursor.init), of: request)
    }

    var link: String? { page.link }

    static let schema = JSONSchema.object(
        "Timers",
        [
            JSONProperty("now", .timestamp, "Up to when was counted."),
            JSONProperty(
                "data",
                .array(of: TimerResource.schema, count: 0...PageRequest.maximumLimit),
                "In the order in which they were started."
            ),
            JSONProperty("next_cursor", .string.nullable, "For the next page; null at the end."),
            JSONProperty("has_more", .boolean, "Whether there is a next page."),
            JSONProperty(
                "policies",
                .array(of: PolicyTrialResource.schema, count: 0...TimerQueries.maximumTrials),
                "The policies in the order in which they were tried, up to the one that matches."
            ),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("now", now)
            page.writeMembers(to: &writer)
            writer.field("policies", policies)
        }
    }
}

extension Cursor {
    fileprivate init(_ position: TimerQueries.Position) {
        self.init([.integer(position.startedAt.microseconds), .text(position.metric), .integer(Int64(position.instance))])
    }
}

extension PageRequest {
    /// The last clock of the page before.
    var afterTimer: TimerQueries.Position? {
        guard let keys = after?.keys, keys.count == 3, case .integer(let start) = keys[0], case .text(let metric) = keys[1],
            case .integer(let instance) = keys[2]
        else { return nil }
        return TimerQueries.Position(startedAt: Timestamp(microseconds: start), metric: metric, instance: Int(clamping: instance))
    }
}

/// One clock.
struct TimerResource: ResponseObject {
    let explanation: SLAExplanation

    static let schema = JSONSchema.object(
        "Timer",
        [
            JSONProperty("metric", .codes(SLAMetric.self), "What it measures."),
            JSONProperty("instance", .integer(), "1, 2, 3 … within the ticket and metric."),
            JSONProperty("stage", JSONSchema.codes(SLAStage.self).nullable, "For the metric stage."),
            JSONProperty("group_id", .id.nullable, "For the metric group_ownership."),
            JSONProperty("state", .codes(SLATimer.State.self), "How it stands."),
            JSONProperty("outcome", .codes(SLATimerOutcome.self), "What became of it: a paused or cancelled clock may have been missed."),
            JSONProperty("missed_at", .timestamp.nullable, "When the target in force was missed, whatever the clock does now."),
            JSONProperty("cancelled_by", .string.nullable, "Why it is cancelled."),
            JSONProperty("policy_id", .id.nullable, "Who promised it."),
            JSONProperty("policy_version", .integer().nullable, "The policy's version."),
            JSONProperty("target_seconds", .number.nullable, "What is promised."),
            JSONProperty("target_version", .integer(), "Counts the promises that differ."),
            JSONProperty("consumed_seconds", .number, "What was counted up to now, or to when it ended."),
            JSONProperty("started_at", .timestamp, "When it was started."),
            JSONProperty("ended_at", .timestamp.nullable, "When it ended, or when its promise did."),
            JSONProperty("due_at", .timestamp.nullable, "The deadline; null while paused."),
            JSONProperty("breach_at", .timestamp.nullable, "From when on the target is missed; null while paused."),
            JSONProperty("warn_at", .array(of: .timestamp), "The warnings to come."),
            JSONProperty("explain", explainSchema, "What was counted and what was not."),
        ]
    )

    private static let spanSchema = JSONSchema.object(
        "Span",
        [JSONProperty("start", .timestamp, "From."), JSONProperty("end", .timestamp.nullable, "To; null: not over.")]
    )

    private static let explainSchema = JSONSchema.object(
        "TimerExplanation",
        [
            JSONProperty("mode", JSONSchema.codes(SLATarget.Mode.self).nullable, "business: open time of the calendar."),
            JSONProperty("calendar_id", .id.nullable, "The calendar."),
            JSONProperty("calendar_version", .integer().nullable, "Its version."),
            JSONProperty(
                "calendar_source",
                JSONSchema.codes(SLACalendarChoice.Source.self).nullable,
                "Whose calendar it is; null without one, and where it is not the ticket's present one."
            ),
            JSONProperty("windows", .array(of: spanSchema, count: 0...SLAEngine.maximumWindows), "The spans that were counted."),
            JSONProperty("windows_cut", .boolean, "Whether only the first windows are listed."),
            JSONProperty("pauses", .array(of: spanSchema), "The spans in which it did not run."),
            JSONProperty(
                "unpublished_year",
                .boolean,
                "The deadline, of a paused clock the one if it ran on from now, lies in a year whose holidays are not published, and may still move."
            ),
            JSONProperty("if_resumed_now", resumptionSchema.nullable, "Of a paused clock that was not missed: its deadlines if it ran on from now."),
            JSONProperty(
                "special_days",
                .array(of: specialDaySchema, count: 0...SLAEngine.maximumSpecialDays),
                "Holidays and special hours between the start and the end or the deadline."
            ),
        ]
    )

    private static let resumptionSchema = JSONSchema.object(
        "Resumption",
        [JSONProperty("due_at", .timestamp, "The deadline."), JSONProperty("breach_at", .timestamp, "From when on the target would be missed.")]
    )

    private static let specialDaySchema = JSONSchema.object(
        "SpecialDay",
        [
            JSONProperty("kind", .codes(CalendarSpecialDay.Kind.self), "closed, or with hours of its own."),
            JSONProperty("from", .string, "The first day, YYYY-MM-DD."),
            JSONProperty("to", .string, "The last day."),
            JSONProperty("hours", .array(of: .string), "The closed part of each day, none for whole days; else the day's hours."),
            JSONProperty("name", .string.nullable, "What people call it."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("metric", explanation.metric.rawValue)
            writer.field("instance", explanation.instance)
            writer.field("stage", code: explanation.stage)
            writer.field("group_id", explanation.group)
            writer.field("state", explanation.state.rawValue)
            writer.field("outcome", explanation.outcome.rawValue)
            writer.field("missed_at", explanation.missedAt)
            writer.field("cancelled_by", code: explanation.cancellation)
            writer.field("policy_id", explanation.policy?.id)
            writer.field("policy_version", explanation.policy?.version)
            writer.field("target_seconds", explanation.target.map(Self.seconds))
            writer.field("target_version", explanation.targetVersion)
            writer.field("consumed_seconds", Self.seconds(explanation.consumed))
            writer.field("started_at", explanation.startedAt)
            writer.field("ended_at", explanation.endedAt)
            writer.field("due_at", explanation.dueAt)
            writer.field("breach_at", explanation.breachAt)
            writer.field("warn_at", explanation.warnAt)
            writer.name("explain")
            writer.object(writeExplanation)
        }
    }

    private func writeExplanation(to writer: inout JSONWriter) {
        writer.field("mode", code: explanation.measure?.mode)
        writer.field("calendar_id", explanation.measure?.calendar?.id)
        writer.field("calendar_version", explanation.measure?.calendar?.version)
        writer.field("calendar_source", code: explanation.calendarSource)
        writer.field("windows", explanation.windows)
        writer.field("windows_cut", explanation.isCut)
        writer.field("pauses", explanation.pauses)
        writer.field("unpublished_year", explanation.isUnpublishedYear)
        writer.field("if_resumed_now", explanation.ifResumedNow)
        writer.field("special_days", explanation.specialDays)
    }

    /// Exact for every time that a ticket can take: a Double holds microseconds of 285 years.
    static func seconds(_ microseconds: Int64) -> Double { Double(microseconds) / 1_000_000 }
}

extension SLAExplanation.Resumption: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("due_at", dueAt)
            writer.field("breach_at", breachAt)
        }
    }
}

extension CalendarSpecialDay: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("kind", kind.rawValue)
            writer.field("from", first.description)
            writer.field("to", last.description)
            writer.field("hours", parts.map(\.text))
            writer.field("name", name)
        }
    }
}

extension SLAExplanation.Span: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("start", start)
            writer.field("end", end)
        }
    }
}
