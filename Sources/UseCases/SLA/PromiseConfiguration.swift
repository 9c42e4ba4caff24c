public import Domain
import Store

/// A tenant's promises: policies to choose from, and every version that running clocks may name.
public struct PromiseConfiguration: Sendable {
    public let matcher: SLAPolicyMatcher
    public let engine: SLAEngine
    /// The newest version of each calendar.
    public let calendars: [CalendarID: CalendarReference]
    /// The newest compiled version of each calendar.
    public let compiled: [CalendarID: BusinessCalendar]
    /// The newest version of each escalation chain: what a new run copies.
    public let chains: [EscalationChainID: EscalationChain]
    /// The on-call rotas; one whose zone is not known any more is left out.
    public let rotas: [RotaID: KnownRota]
    /// Whom a chain tells that finds nobody in a whole round.
    public let fallbackContact: String?
    let zones: any TimeZoneSource

    /// A rota with the clocks that it hands over by.
    public struct KnownRota: Sendable {
        public let name: String
        public let rota: OnCallRota
        let rules: TimeZoneRules

        /// nil before the rotation begins.
        public func shift(at time: Timestamp) -> OnCallShift? { rota.shift(at: time, zone: rules) }
    }

    /// Whether any policy is active: without one no ticket gets clocks.
    public let hasPolicies: Bool

    struct Handles {
        let policies: StatementHandle<LoadPolicies>
        let calendars: StatementHandle<LoadCalendarVersions>
        let chains: StatementHandle<LoadEscalationChains>
        let rotas: StatementHandle<LoadOnCallRotas>
        let fallback: StatementHandle<LoadFallbackContact>

        init(tenant: TenantID, adding unit: inout TenantUnit) {
            policies = unit.add(LoadPolicies(tenant: tenant))
            calendars = unit.add(LoadCalendarVersions(tenant: tenant))
            chains = unit.add(LoadEscalationChains(tenant: tenant))
            rotas = unit.add(LoadOnCallRotas(tenant: tenant))
            fallback = unit.add(LoadFallbackContact(tenant: tenant))
        }
    }

    init(handles: Handles, result: StoreResult, zones: any TimeZoneSource) throws {
        let policies = try result.rows(handles.policies)
        let current = policies.filter(\.isCurrent).map(\.policy)
        matcher = SLAPolicyMatcher(current)
        hasPolicies = !current.isEmpty
        var context = SLAContext()
        for row in policies {
            context.policies[row.policy.reference] = row.policy.definition
        }
        var newest: [CalendarID: CalendarReference] = [:]
        var compiled: [CalendarID: BusinessCalendar] = [:]
        var versions: [CalendarVersion] = []
        var previous: CalendarID?
        for row in try result.rows(handles.calendars) {
            if row.id != previous { versions = [] }
            previous = row.id
            let zone = try zones.zone(named: row.definition.zone)
            versions.append(
                CalendarVersion(
                    number: row.version,
                    effectiveFrom: versions.isEmpty ? nil : row.effectiveFrom,
                    definition: row.definition,
                    zone: zone
                )
            )
            let reference = CalendarReference(id: row.id, version: row.version)
            let calendar = try BusinessCalendar(versions: versions)
            context.calendars[reference] = calendar
            newest[row.id] = reference
            compiled[row.id] = calendar
        }
        calendars = newest
        self.compiled = compiled
        engine = SLAEngine(context: context)
        var rotas: [RotaID: KnownRota] = [:]
        for row in try result.rows(handles.rotas) {
            guard let rules = try? zones.zone(named: row.rota.zone) else { continue }
            rotas[row.id] = KnownRota(name: row.name, rota: row.rota, rules: rules)
        }
        self.rotas = rotas
        self.zones = zones
        fallbackContact = try result.first(handles.fallback) ?? nil
        chains = Dictionary(try result.rows(handles.chains).map { ($0.id, $0.chain) }, uniquingKeysWith: { first, _ in first })
    }

    /// Who is on call at a time.
    func onCall(at time: Timestamp) -> [RotaID: AgentID] {
        rotas.compactMapValues { $0.shift(at: time)?.agent }
    }

    /// What applies to a ticket by the configuration as it is now.
    struct Applicable {
        let policy: SLAPolicyReference
        /// The calendar that applies with it (sla.md, Target).
        let calendar: CalendarReference?
        /// Which of the policy's cancel conditions is met; nil where none is.
        let cancelCondition: Int?
    }

    /// The policy that matches a ticket, and what goes with it (sla.md, Policy and Target).
    ///
    /// - Returns: nil where no policy matches.
    func promise(for ticket: Ticket, queues: [QueueID: QueueConfiguration]) -> Applicable? {
        let fields = ticket.fieldValues
        guard let policy = matcher.policy(for: fields) else { return nil }
        let queue = ticket.content.queueID.flatMap { queues[$0] }
        let choice = SLACalendarChoice(policy: policy.definition.calendar, queue: queue?.calendarID)
        return Applicable(
            policy: policy.reference,
            calendar: choice.calendar.flatMap { calendars[$0] },
            cancelCondition: SLAPolicyMatcher.cancelCondition(of: policy, metBy: fields)
        )
    }
}
