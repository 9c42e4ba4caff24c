extension Lifecycle {
    /// The life cycle every tenant starts with: new → waiting for assignment → assigned → in progress → waiting for the customer → resolved →
    /// closed → archived, with the ways back that work needs.
    ///
    /// Its stages: `confirm` until somebody begins the work, `process` until it is resolved, `feedback` until it is closed.
    public static let standard = Lifecycle(
        states: [
            State(.new, .new, stage: .confirm, english: "New", chinese: "新建"),
            State(.waitingAssignment, .new, stage: .confirm, english: "Waiting for assignment", chinese: "待分配"),
            State(.assigned, .open, stage: .confirm, english: "Assigned", chinese: "已分配"),
            State(.inProgress, .open, stage: .process, english: "In progress", chinese: "处理中"),
            State(.waitingCustomer, .pending, stage: .process, english: "Waiting for customer", chinese: "等待客户回复"),
            State(.onHold, .hold, stage: .process, english: "On hold", chinese: "挂起"),
            State(.resolved, .solved, stage: .feedback, english: "Resolved", chinese: "已解决"),
            State(.closed, .closed, english: "Closed", chinese: "已关闭"),
            State(.archived, .closed, english: "Archived", chinese: "已归档"),
        ],
        successors: [
            .new: [.waitingAssignment, .inProgress, .waitingCustomer, .onHold, .resolved],
            .waitingAssignment: [.inProgress, .waitingCustomer, .onHold, .resolved],
            .assigned: [.inProgress, .waitingCustomer, .onHold, .resolved],
            .inProgress: [.waitingCustomer, .onHold, .resolved],
            .waitingCustomer: [.inProgress, .onHold, .resolved],
            .onHold: [.inProgress, .waitingCustomer, .resolved],
            .resolved: [.inProgress, .closed],
            .closed: [.archived],
            .archived: [],
        ]
    )
}
