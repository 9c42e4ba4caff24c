import Domain

/// Whether agents' shifts are open at one instant; each calendar is asked once.
struct ShiftCalendars {
    let configuration: TenantConfiguration
    let now: Timestamp
    private var known: [CalendarID: Bool] = [:]

    init(configuration: TenantConfiguration, now: Timestamp) {
        self.configuration = configuration
        self.now = now
    }

    /// A calendar that cannot be judged keeps nobody from work.
    mutating func isOpen(_ id: CalendarID) -> Bool {
        if let open = known[id] { return open }
        let open = configuration.promises.compiled[id].flatMap { try? $0.isOpen(now) } ?? true
        known[id] = open
        return open
    }

    /// When the next of the shifts begins that are closed now: work that waits for it must be looked at then.
    func nextOpening() -> Timestamp? {
        known.filter { !$0.value }.compactMap { configuration.promises.compiled[$0.key].flatMap { try? $0.nextOpen(now) } }.min()
    }
}
