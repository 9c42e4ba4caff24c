public import Domain
public import Postgres

/// The active plans for what happened to a ticket of a type, in the order of their names.
public struct LoadPlaybooksToStart: Statement {
    public typealias Row = Playbook

    /// The most plans that one report starts.
    public static let limit = 20

    public static let sql = """
        \(PlaybookContent.select) AND trigger = $2 AND active AND (ticket_types = '{}' OR $3 = ANY (ticket_types)) ORDER BY name LIMIT \(limit)
        """
    let tenant: TenantID
    let trigger: PlaybookTrigger
    let ticketType: String

    public init(tenant: TenantID, trigger: PlaybookTrigger, ticketType: String) {
        self.tenant = tenant
        self.trigger = trigger
        self.ticketType = ticketType
    }

    public func bind(into binder: inout Binder) {
        binder.append(tenant)
        binder.append(trigger.rawValue)
        binder.append(ticketType)
    }

    public static func decode(_ row: RowView) throws(DecodeError) -> Playbook {
        try PlaybookContent.decode(row)
    }
}
