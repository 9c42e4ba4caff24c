extension SLAFold {
    /// What one signal starts and stops; pauses and targets follow afterwards from the state of the ticket.
    mutating func apply(_ signal: SLASignal) throws(SLAError) {
        let time = signal.at
        if case .created(let author, let importedAt) = signal.kind {
            try create(by: author, importedAt: importedAt, at: time)
            return
        }
        guard ledger.facts.createdAt != nil else { throw .notCreatedOnce }
        guard !ledger.facts.isFinished else { return }
        switch signal.kind {
        case .created: throw .notCreatedOnce
        case .customerMessage: customerMessage(at: time)
        case .agentReply(let isBot): try agentReply(isBot: isBot, at: time)
        case .internalNote: try internalNote(at: time)
        case .stateEntered(let category, let name): try enter(category, name, at: time)
        case .stageEntered(let stage): try enter(stage, at: time)
        case .priorityChanged(let priority): ledger.facts.priority = priority
        case .policyChanged(let policy, let calendar, let keepsRules, let followsEdits):
            ledger.facts.formerPolicy = policy == nil && keepsRules ? ledger.facts.policy ?? ledger.facts.formerPolicy : nil
            ledger.facts.policy = policy
            ledger.facts.calendar = calendar
            if followsEdits { try followEdits() }
        case .organizationChanged(let organization): ledger.facts.move(to: organization, at: time)
        case .groupAssigned(let group): try assign(group, at: time)
        case .agentAction: try touch(at: time)
        case .merged: try cancelAll(.merged, at: time)
        case .absorbed(let oldest, let honoursPauses): try absorb(oldest, honoursPauses: honoursPauses, at: time)
        case .cancelConditionMet: try cancelAll(.condition, at: time)
        }
    }

    private mutating func create(by author: SLASignal.Author, importedAt: Timestamp?, at time: Timestamp) throws(SLAError) {
        guard ledger.facts.createdAt == nil else { throw .notCreatedOnce }
        ledger.facts.createdAt = time
        ledger.facts.suppressedUntil = importedAt
        for metric in [SLAMetric.requesterWait, .agentWork, .resolution, .agentInactivity] {
            start(metric, at: time)
        }
        if author == .customer { customerMessage(at: time) }
    }

    private mutating func customerMessage(at time: Timestamp) {
        if ledger.facts.firstCustomerMessageAt == nil {
            ledger.facts.firstCustomerMessageAt = time
            start(.firstResponse, at: time)
        } else if ledger.facts.firstResponseAt != nil, ledger.facts.unansweredSince == nil {
            ledger.facts.unansweredSince = time
            // After solving a message counts only once the ticket is reopened: a "thank you" is no question.
            if ledger.facts.category.isUnsolved { start(.nextResponse, at: time) }
        }
    }

    private mutating func agentReply(isBot: Bool, at time: Timestamp) throws(SLAError) {
        if !isBot { try touch(at: time) }
        let countsBots = try rules()?.options.botReplyCounts ?? false
        guard !isBot || countsBots else { return }
        if ledger.facts.firstCustomerMessageAt != nil, ledger.facts.firstResponseAt == nil {
            ledger.facts.firstResponseAt = time
            try stop(.firstResponse, at: time)
        }
        try stop(.nextResponse, at: time)
        ledger.facts.unansweredSince = nil
        try update(at: time)
    }

    private mutating func internalNote(at time: Timestamp) throws(SLAError) {
        try touch(at: time)
        let options = try rules()?.options ?? SLAOptions()
        if options.noteIsFirstResponse, ledger.facts.firstCustomerMessageAt != nil, ledger.facts.firstResponseAt == nil {
            ledger.facts.firstResponseAt = time
            ledger.facts.unansweredSince = nil
            try stop(.firstResponse, at: time)
        }
        if options.noteIsUpdate { try update(at: time) }
    }

    private mutating func update(at time: Timestamp) throws(SLAError) {
        try stop(.periodicUpdate, at: time)
        if ledger.facts.category.isUnsolved { start(.periodicUpdate, at: time) }
    }

    private mutating func touch(at time: Timestamp) throws(SLAError) {
        try stop(.agentInactivity, at: time)
        if ledger.facts.category.isUnsolved { start(.agentInactivity, at: time) }
    }

    private mutating func enter(_ stage: SLAStage?, at time: Timestamp) throws(SLAError) {
        guard stage != ledger.facts.stage else { return }
        ledger.facts.stage = stage
        try stop(.stage, at: time)
        if stage != nil { start(.stage, at: time) }
    }

    private mutating func assign(_ group: GroupID?, at time: Timestamp) throws(SLAError) {
        guard group != ledger.facts.group else { return }
        ledger.facts.group = group
        try stop(.groupOwnership, at: time)
        if group != nil, ledger.facts.category.isUnsolved { start(.groupOwnership, at: time) }
    }
}
