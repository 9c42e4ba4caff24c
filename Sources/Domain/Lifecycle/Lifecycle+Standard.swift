extension Lifecycle {
    /// The life cycle every tenant starts with: new → waiting for assignment → assigned → in progress → waiting for the customer → resolved →
    /// closed → archived, with the ways back that work needs.
    public static let standard = Lifecycle(
        states: [
            State(.new, .new, english: "New", chinese: "新建"),
            State(.waitingAssignment, .new, english: "Waiting for assignment", chinese: "待分配"),
            State(.assigned, .open, english: "Assigned", chinese: "已分配"),
            State(.inProgress, .open, english: "In progress", chinese: "处理中"),
            State(.waitingCustomer, .pending, english: "Waiting for customer", chinese: "等待客户回复"),
            State(.onHold, .hold, english: "On hold", chinese: "挂起"),
            State(.resolved, .solved, english: "Resolved", chinese: "已解决"),
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
