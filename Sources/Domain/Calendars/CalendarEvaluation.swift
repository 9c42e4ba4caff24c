/// The core of `docket calendar eval`: keeps the calendars that were defined, and answers questions about them.
public struct CalendarEvaluation: Sendable {
    /// Most calendars of one evaluation.
    public static let maximumCalendars = 10_000

    private enum Entry: Sendable {
        case calendar(BusinessCalendar)
        /// A refused definition is remembered, so that questions about it are told why.
        case refused(String)
    }

    private let zones: any TimeZoneSource
    private var entries: [String: Entry] = [:]

    public init(zones: any TimeZoneSource) {
        self.zones = zones
    }

    /// Defines a calendar, or answers a question.
    ///
    /// - Returns: the answer to a question; for a definition nil, or the error for which it is refused.
    public mutating func evaluate(_ request: CalendarRequest) -> CalendarReply? {
        switch request {
        case .define(let id, let definition): define(id, definition)
        case .question(let question): answer(question)
        }
    }

    private mutating func define(_ id: String, _ definition: CalendarDefinition) -> CalendarReply? {
        guard entries[id] != nil || entries.count < CalendarEvaluation.maximumCalendars else {
            return .error("more than \(CalendarEvaluation.maximumCalendars) calendars")
        }
        do {
            let calendar = try BusinessCalendar(definition, zones: zones)
            try calendar.requireOpenTime()
            entries[id] = .calendar(calendar)
            return nil
        } catch {
            let reason = MemberPath.text(nil, error.place, error.reason)
            entries[id] = .refused(reason)
            return .error(reason)
        }
    }

    /// Remembers that a definition could not even be read, so that questions about it are told why.
    public mutating func refuse(_ id: String, because reason: String) {
        guard entries[id] != nil || entries.count < CalendarEvaluation.maximumCalendars else { return }
        entries[id] = .refused(reason)
    }

    /// Answers one question; a calendar stays as it is.
    public func answer(_ question: CalendarQuestion) -> CalendarReply {
        switch entries[question.calendar] {
        case nil: return .error("unknown calendar")
        case .refused(let reason): return .error("the calendar was refused: \(reason)")
        case .calendar(let calendar):
            do {
                return try answer(question, calendar)
            } catch {
                return .error(error.description)
            }
        }
    }

    private func answer(_ question: CalendarQuestion, _ calendar: BusinessCalendar) throws(CalendarError) -> CalendarReply {
        guard let time = Timestamp(seconds: question.time) else { throw .timeOutOfRange }
        switch question.operation {
        case .open: return .result(try calendar.isOpen(time) ? 1 : 0)
        case .nextOpen: return .seconds(try calendar.nextOpen(time).microseconds)
        case .nextClose: return .seconds(try calendar.nextClose(time).microseconds)
        case .elapsed, .add, .breach, .sub:
            guard let argument = question.argument else { return .error("arg is missing") }
            guard let amount = Timestamp(seconds: argument) else { throw .timeOutOfRange }
            return switch question.operation {
            case .elapsed: .seconds(try calendar.elapsed(from: time, to: amount))
            case .add: .seconds(try calendar.add(amount.microseconds, to: time).microseconds)
            case .breach: .seconds(try calendar.addOpen(amount.microseconds, to: time).microseconds)
            default: .seconds(try calendar.sub(amount.microseconds, from: time).microseconds)
            }
        }
    }
}

extension CalendarReply {
    /// All inputs are whole seconds, so the division is exact.
    fileprivate static func seconds(_ microseconds: Int64) -> CalendarReply { .result(microseconds.flooredQuotient(1_000_000)) }
}
