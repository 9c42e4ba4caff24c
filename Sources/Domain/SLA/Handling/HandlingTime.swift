/// How long each step of a ticket took, and who had it meanwhile (features.md A5.9): a step is a stage in the hands of one group.
///
/// The spans of a ticket cover its time without gaps and overlaps, and open time is counted in whole microseconds: the owners of a step add up to the
/// step, and the steps to the total, exactly.
public struct HandlingTime: Sendable {
    /// The most pairs of a step and an owner that are told apart; what is beyond is added up in ``rest``.
    public static let maximumShares = 1_000

    /// Plain time, and the open time of a calendar where there is one; microseconds.
    public struct Amount: Hashable, Sendable {
        public private(set) var wall: Int64 = 0
        public private(set) var business: Int64?

        public init(isBusiness: Bool) {
            business = isBusiness ? 0 : nil
        }

        mutating func add(wall: Int64, business: Int64?) {
            self.wall += wall
            if let counted = self.business { self.business = counted + (business ?? 0) }
        }

    }

    public struct Step: Hashable, Sendable {
        public let group: GroupID?
        public let stage: SLAStage?
        public internal(set) var amount: Amount
        /// In the order in which they first had it; a nil agent is nobody.
        public internal(set) var owners: [Owner]
    }

    public struct Owner: Hashable, Sendable {
        public let agent: AgentID?
        public internal(set) var amount: Amount
    }

    /// In the order in which the ticket first came to them.
    public private(set) var steps: [Step] = []
    public private(set) var total: Amount
    /// What is beyond ``maximumShares``; nothing for any ticket that people handle.
    public private(set) var rest: Amount

    private let calendar: BusinessCalendar?
    private var shares = 0

    /// - Parameter calendar: by which open time is counted; nil: plain time alone.
    public init(calendar: BusinessCalendar?) {
        self.calendar = calendar
        total = Amount(isBusiness: calendar != nil)
        rest = total
    }

    /// Adds a span.
    ///
    /// - Throws: ``CalendarError`` where the span lies outside the years of calendars.
    public mutating func add(_ span: HandlingSpan) throws(CalendarError) {
        let wall = span.end.microseconds(since: span.start)
        let business = try calendar?.elapsed(from: span.start, to: span.end)
        total.add(wall: wall, business: business)
        guard let step = place(of: span), let owner = place(of: span.agent, inStep: step) else {
            rest.add(wall: wall, business: business)
            return
        }
        steps[step].amount.add(wall: wall, business: business)
        steps[step].owners[owner].amount.add(wall: wall, business: business)
    }

    private mutating func place(of span: HandlingSpan) -> Int? {
        if let known = steps.firstIndex(where: { $0.group == span.group && $0.stage == span.stage }) { return known }
        guard shares < Self.maximumShares else { return nil }
        steps.append(Step(group: span.group, stage: span.stage, amount: Amount(isBusiness: calendar != nil), owners: []))
        return steps.count - 1
    }

    private mutating func place(of agent: AgentID?, inStep step: Int) -> Int? {
        if let known = steps[step].owners.firstIndex(where: { $0.agent == agent }) { return known }
        guard shares < Self.maximumShares else { return nil }
        shares += 1
        steps[step].owners.append(Owner(agent: agent, amount: Amount(isBusiness: calendar != nil)))
        return steps[step].owners.count - 1
    }
}
