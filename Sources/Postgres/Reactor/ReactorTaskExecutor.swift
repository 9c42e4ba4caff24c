/// Runs tasks on a reactor's thread, where the answers arrive that they wait for: nothing is handed to another thread and back.
final class ReactorTaskExecutor: TaskExecutor {
    private let reactor: Reactor

    init(_ reactor: Reactor) {
        self.reactor = reactor
    }

    func enqueue(_ job: consuming ExecutorJob) {
        reactor.enqueue(UnownedJob(job), of: self)
    }
}
