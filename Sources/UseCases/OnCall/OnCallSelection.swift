import Domain
import Store

/// What a report on who would be called shows: so much that the answer stays small, whatever a tenant has set up.
struct OnCallSelection {
    struct Group {
        let id: GroupID
        let name: String
        let head: AgentID?
    }

    struct Chain {
        let id: EscalationChainID
        let name: String
        let levels: [EscalationLevel]
    }

    /// The most rotas, and the most groups, that are shown.
    static let maximumEntries = 1_000
    /// The most targets of the chains that are shown, which are shown whole: as many as one chain may have.
    static let maximumTargets = EscalationChain.maximumLevels * EscalationLevel.maximumTargets

    /// By name.
    let rotas: [RotaID]
    /// By name.
    let groups: [Group]
    /// By name.
    let chains: [Chain]
    /// What there is beside those.
    let omitted: OnCallReport.Omitted
    private let groupsByID: [GroupID: Group]

    /// - Parameter chain: the only chain that is shown, with the rotas and groups that it names; nil: whatever there is.
    init(_ names: [LoadOnCallNames.Row], promises: PromiseConfiguration, chain: OnCallQueries.Chain?) {
        var (groups, chains): ([Group], [Chain]) = ([], [])
        for row in names {
            switch row {
            case .group(let id, let name, let head): groups.append(Group(id: id, name: name, head: head))
            case .chain(let id, let name):
                guard chain?.matches(id, name) ?? true, let levels = promises.chains[id]?.levels else { continue }
                chains.append(Chain(id: id, name: name, levels: levels))
            }
        }
        groupsByID = Dictionary(groups.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        chains.sort { ($0.name, $0.id) < ($1.name, $1.id) }
        self.chains = Self.first(of: chains)
        var rotas = promises.rotas.map { (id: $0.key, name: $0.value.name) }
        if chain != nil {
            let targets = Set(self.chains.lazy.flatMap(\.levels).flatMap(\.targets))
            rotas.removeAll { !targets.contains(.rota($0.id)) }
            groups.removeAll { !targets.contains(.group($0.id)) && !targets.contains(.groupHead($0.id)) }
        }
        self.rotas = rotas.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.prefix(Self.maximumEntries).map(\.id)
        self.groups = Array(groups.sorted { ($0.name, $0.id) < ($1.name, $1.id) }.prefix(Self.maximumEntries))
        omitted = OnCallReport.Omitted(
            rotas: rotas.count - self.rotas.count,
            groups: groups.count - self.groups.count,
            chains: chains.count - self.chains.count
        )
    }

    private static func first(of chains: [Chain]) -> [Chain] {
        var room = maximumTargets
        return Array(
            chains.prefix { chain in
                room -= chain.levels.reduce(0) { $0 + $1.targets.count }
                return room >= 0
            }
        )
    }

    func group(_ id: GroupID) -> Group? { groupsByID[id] }

    /// What is asked about those whom the report speaks of.
    func people(of tenant: TenantID, promises: PromiseConfiguration, at time: Timestamp) -> LoadOnCallPeople {
        var agents = Set(groups.compactMap(\.head))
        var (called, endpoints, rotas): (Set<GroupID>, Set<WebhookEndpointID>, Set<RotaID>) = ([], [], Set(rotas))
        for target in chains.lazy.flatMap(\.levels).flatMap(\.targets) {
            switch target {
            case .agent(let id): agents.insert(id)
            case .groupHead(let id): if let head = group(id)?.head { agents.insert(head) }
            case .group(let id): called.insert(id)
            case .rota(let id): rotas.insert(id)
            case .webhook(let id): endpoints.insert(id)
            case .supervisor, .assignee, .manager, .email: break
            }
        }
        agents.formUnion(rotas.compactMap { promises.rotas[$0]?.shift(at: time)?.agent })
        return LoadOnCallPeople(tenant: tenant, agents: agents.sorted(), groups: called.sorted(), endpoints: endpoints.sorted())
    }
}
