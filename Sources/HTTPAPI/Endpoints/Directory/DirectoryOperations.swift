import Domain
import UseCases

/// Everything that a tenant configures and everybody it names.
enum DirectoryOperations {
    private static let agents = DirectoryEndpoints<AgentContent, PatchAgent>()
    private static let groups = DirectoryEndpoints<AgentGroupContent, PatchGroup>()
    private static let skills = DirectoryEndpoints<SkillContent, PatchSkill>()
    private static let queues = DirectoryEndpoints<QueueContent, PatchQueue>()
    private static let organizations = DirectoryEndpoints<OrganizationContent, PatchOrganization>()
    private static let newOrganization = DirectoryCreation<CreateOrganization>()
    private static let contracts = DirectoryEndpoints<ContractContent, PatchContract>()
    private static let newContract = DirectoryCreation<CreateContract>()
    private static let requesters = DirectoryEndpoints<RequesterContent, PatchRequester>()
    private static let calendars = DirectoryEndpoints<CalendarContent, ReplaceCalendar>(isReplaced: true)
    private static let policies = DirectoryEndpoints<SLAPolicyContent, ReplacePolicy>(isReplaced: true)
    private static let chains = DirectoryEndpoints<EscalationChainContent, ReplaceChain>(isReplaced: true)
    private static let rotas = DirectoryEndpoints<OnCallRotaContent, ReplaceRota>(isReplaced: true)
    private static let newRota = DirectoryCreation<CreateRota>()
    private static let settlements = DirectoryEndpoints<SettlementContent, PatchSettlement>()
    private static let resources = DirectoryEndpoints<ResourceContent, PatchResource>()
    private static let newResource = DirectoryCreation<CreateResource>()
    private static let playbooks = DirectoryEndpoints<PlaybookContent, ReplacePlaybook>(isReplaced: true)
    private static let newPlaybook = DirectoryCreation<CreatePlaybook>()
    private static let sites = DirectoryEndpoints<SiteContent, PatchSite>()
    private static let newSite = DirectoryCreation<CreateSite>()
    private static let newAgent = DirectoryCreation<CreateAgent>()
    private static let newGroup = DirectoryCreation<CreateGroup>()
    private static let newSkill = DirectoryCreation<CreateSkill>()
    private static let newQueue = DirectoryCreation<CreateQueue>()
    private static let newRequester = DirectoryCreation<CreateRequester>()
    private static let newCalendar = DirectoryCreation<CreateCalendar>()
    private static let newPolicy = DirectoryCreation<CreatePolicy>()
    private static let newChain = DirectoryCreation<CreateChain>()

    static let all: [Operation] =
        [newAgent.endpoint.operation] + agents.operations + PresenceEndpoints.operations + AbsenceEndpoints.operations
        + [newGroup.endpoint.operation] + groups.operations
        + [newSkill.endpoint.operation] + skills.operations
        + [newQueue.endpoint.operation] + queues.operations + [QueueStatusEndpoint.get.operation] + MemberEndpoints.operations
        + [newOrganization.endpoint.operation] + organizations.operations
        + [newContract.endpoint.operation] + contracts.operations
        + [newRequester.endpoint.operation] + requesters.operations
        + [newCalendar.endpoint.operation] + calendars.operations + [CalendarScheduleEndpoint.get.operation] + HolidayEndpoints.operations
        + [newPolicy.endpoint.operation] + policies.operations
        + [newChain.endpoint.operation] + chains.operations
        + [newRota.endpoint.operation] + rotas.operations + NotificationEndpoints.operations
        + WebhookEndpoints.operations + settlements.operations
        + [newResource.endpoint.operation] + resources.operations
        + [newPlaybook.endpoint.operation] + playbooks.operations
        + [newSite.endpoint.operation] + sites.operations

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let (commands, queries) = (environment.directory, environment.directoryQueries)
        newAgent.addRoute(to: &routes, create: commands.createAgent)
        agents.addRoutes(to: &routes, queries, update: commands.updateAgent)
        PresenceEndpoints.addRoutes(to: &routes, environment)
        AbsenceEndpoints.addRoutes(to: &routes, environment)
        newGroup.addRoute(to: &routes, create: commands.createGroup)
        groups.addRoutes(to: &routes, queries, update: commands.updateGroup)
        newSkill.addRoute(to: &routes, create: commands.createSkill)
        skills.addRoutes(to: &routes, queries, update: commands.updateSkill)
        newQueue.addRoute(to: &routes, create: commands.createQueue)
        queues.addRoutes(to: &routes, queries, update: commands.updateQueue)
        QueueStatusEndpoint.addRoute(to: &routes, environment)
        MemberEndpoints.addRoutes(to: &routes, environment)
        newOrganization.addRoute(to: &routes, create: commands.createOrganization)
        organizations.addRoutes(to: &routes, queries, update: commands.updateOrganization)
        newContract.addRoute(to: &routes, create: commands.createContract)
        contracts.addRoutes(to: &routes, queries, update: commands.updateContract)
        newRequester.addRoute(to: &routes, create: commands.createRequester)
        requesters.addRoutes(to: &routes, queries, update: commands.updateRequester)
        newCalendar.addRoute(to: &routes, create: commands.createCalendar)
        calendars.addRoutes(to: &routes, queries, update: commands.updateCalendar)
        CalendarScheduleEndpoint.addRoute(to: &routes, environment)
        HolidayEndpoints.addRoutes(to: &routes, environment)
        newPolicy.addRoute(to: &routes, create: commands.createSLAPolicy)
        policies.addRoutes(to: &routes, queries, update: commands.updateSLAPolicy)
        newChain.addRoute(to: &routes, create: commands.createEscalationChain)
        chains.addRoutes(to: &routes, queries, update: commands.updateEscalationChain)
        newRota.addRoute(to: &routes, create: commands.createOnCallRota)
        rotas.addRoutes(to: &routes, queries, update: commands.updateOnCallRota)
        NotificationEndpoints.addRoutes(to: &routes, environment)
        WebhookEndpoints.addRoutes(to: &routes, environment)
        settlements.addRoutes(to: &routes, queries, update: commands.updateSettlement)
        newResource.addRoute(to: &routes, create: commands.createResource)
        resources.addRoutes(to: &routes, queries, update: commands.updateResource)
        newPlaybook.addRoute(to: &routes, create: commands.createPlaybook)
        playbooks.addRoutes(to: &routes, queries, update: commands.updatePlaybook)
        newSite.addRoute(to: &routes, create: commands.createSite)
        sites.addRoutes(to: &routes, queries, update: commands.updateSite)
    }
}
