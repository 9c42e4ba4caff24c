public import Domain
public import Postgres

/// Whether an agent is there, at the instant of reading.
public struct LoadAttendance: Statement {
    public struct Row: Sendable {
        let now: Timestamp
        /// Whether he works here at all.
        public let isActive: Bool
        let status: RoutingPresence?
        /// nil for an agent who was never signed in.
        public let leaseUntil: Timestamp?
        let shiftEnd: ShiftEnd?
        /// Whether a recorded absence runs.
        let isAbsent: Bool

        /// Whether he is gone: signed out, not heard of, off shift (routing.md F), or absent by record. Of an agent who never signed in nobody
        /// knows more than that.
        ///
        /// - Parameter grace: seconds beyond the lease.
        public func isGone(grace: Int) -> Bool {
            if isAbsent { return true }
            guard let status, let leaseUntil else { return !isActive }
            let isSilent = leaseUntil.adding(microseconds: Int64(grace) * 1_000_000) <= now
            return !isActive || status == .offline || isSilent || offShiftSince != nil
        }

        /// Since when whoever gives him work can know that he is not there; nil where he is.
        public var wentAt: Timestamp? {
            let hasLeft = status == .offline || leaseUntil.map { $0 <= now } ?? false
            return [hasLeft ? leaseUntil : nil, offShiftSince].compactMap(\.self).filter { $0 <= now }.min()
        }

        /// A shift that began since counts, whether or not he has been heard of in it: routing gives him work by his calendar.
        private var offShiftSince: Timestamp? { shiftEnd.flatMap { $0.covers(now) ? $0.at : nil } }

        /// Whether he is gone for so many seconds.
        public func isGone(for seconds: Int) -> Bool {
            wentAt.map { $0.adding(microseconds: Int64(seconds) * 1_000_000) <= now } ?? false
        }

        /// Whether his lease is over for so many seconds.
        public func isLeaseOver(by seconds: Int) -> Bool {
            leaseUntil.map { $0.adding(microseconds: Int64(seconds) * 1_000_000) <= now } ?? true
        }
    }

    public static let sql = """
        SELECT docket.now(), a.active, p.status, p.lease_until, \(ShiftColumns.list(of: "p")),
            coalesce(a.absent_from <= docket.now() AND a.absent_until > docket.now(), false)
        FROM docket.agent a LEFT JOIN docket.agent_presence p ON p.tenant_id = $1 AND p.agent_id = a.id
        WHERE a.tenant_id = $1 AND a.id = $2
        """
    let tenant: TenantID
    let agent: AgentID

    public init(tenant: TenantID, agent: AgentID) {
        self.tenant = tenant
        self.agent = agent
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(agent)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Row {
        var columns = ColumnReader(row)
        return Row(
            now: try columns.next(),
            isActive: try columns.next(),
            status: try columns.nextOptional(String.self).flatMap(RoutingPresence.init(rawValue:)),
            leaseUntil: try columns.nextOptional(),
            shiftEnd: try ShiftColumns.decode(&columns),
            isAbsent: try columns.next()
        )
    }
}
