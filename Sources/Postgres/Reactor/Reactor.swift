import CLibPQ
import Glibc
import Synchronization

/// One thread that waits on all sockets, and is the executor of the actors that own them.
///
/// Work from other tasks arrives in an inbox; the thread is woken only when it sleeps, so that under load one wake-up serves many.
/// The thread starts with the first work. After `stop` it ends when nothing is left to do; actor jobs that come later get a thread again.
///
/// Unchecked because `watchers`, `timers` and the descriptors' use are bound to the thread, which the compiler cannot see; all else is in `inbox`.
final class Reactor: SerialExecutor, @unchecked Sendable {
    typealias Watcher = @Sendable (UInt32) -> Void

    private enum Work {
        case job(UnownedJob)
        case task(UnownedJob, ReactorTaskExecutor)
        case call(@Sendable () -> Void)
    }

    private struct Inbox {
        var work: [Work] = []
        var isRunning = false
        var isAsleep = false
        var isStopped = false
    }

    /// The thread belongs to it.
    private let threads: ThreadGroup
    private let inbox = Mutex(Inbox())
    private let thread = Atomic<UInt>(0)
    private let epoll: Int32
    private let bell: Int32
    private var watchers: [Int32: Watcher] = [:]
    private var timers = TimerSet()

    /// Set where the operating system had no descriptors left: then all work is refused.
    let failure: PostgresError?

    init(threads: ThreadGroup = ThreadGroup()) {
        self.threads = threads
        epoll = epoll_create1(CLIBPQ_EPOLL_CLOEXEC)
        bell = eventfd(0, CLIBPQ_EVENTFD_FLAGS)
        var event = epoll_event()
        event.events = CLIBPQ_EPOLLIN
        event.data.fd = bell
        let isReady = epoll >= 0 && bell >= 0 && epoll_ctl(epoll, EPOLL_CTL_ADD, bell, &event) == 0
        failure = isReady ? nil : PostgresError(.system, "no descriptor for the event loop (errno \(errno))")
    }

    deinit {
        if epoll >= 0 { close(epoll) }
        if bell >= 0 { close(bell) }
    }

    // MARK: From any thread

    /// Runs `body` on the reactor's thread. False after `stop` or where there is no thread: then it will not run.
    func submit(_ body: @escaping @Sendable () -> Void) -> Bool {
        add(.call(body), evenIfStopped: false)
    }

    /// Runs `body` on the reactor's thread, also after `stop`: for what lets somebody go who waits.
    func submitEvenIfStopped(_ body: @escaping @Sendable () -> Void) {
        _ = add(.call(body), evenIfStopped: true)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        _ = add(.job(UnownedJob(job)), evenIfStopped: true)
    }

    /// Runs a part of a task that belongs to no actor; elsewhere where there is no event loop: it is to end as others do.
    func enqueue(_ job: UnownedJob, of executor: ReactorTaskExecutor) {
        guard failure == nil else { return globalConcurrentExecutor.enqueue(job) }
        _ = add(.task(job, executor), evenIfStopped: true)
    }

    /// Lets the thread end once its work is done.
    func stop() {
        _ = submit {}
        inbox.withLock { $0.isStopped = true }
        ring()
    }

    func checkIsolated() {
        precondition(thread.load(ordering: .relaxed) == Thread.current, "not on the reactor's thread")
    }

    func isIsolatingCurrentContext() -> Bool? {
        thread.load(ordering: .relaxed) == Thread.current
    }

    private func add(_ work: Work, evenIfStopped: Bool) -> Bool {
        guard failure == nil else { return false }
        enum Next { case nothing, ring, start, refuse }
        let next: Next = inbox.withLock { inbox in
            if inbox.isStopped, !evenIfStopped { return .refuse }
            inbox.work.append(work)
            if !inbox.isRunning {
                inbox.isRunning = true
                return .start
            }
            guard inbox.isAsleep else { return .nothing }
            inbox.isAsleep = false
            return .ring
        }
        switch next {
        case .nothing: return true
        case .ring: ring()
        case .refuse: return false
        case .start:
            do {
                try threads.start { self.loop() }
            } catch {
                // The next work tries again; until then nothing runs, and callers see it by their own timeouts.
                inbox.withLock { $0.isRunning = false }
                return false
            }
        }
        return true
    }

    private func ring() {
        var one: UInt64 = 1
        write(bell, &one, 8)
    }

    // MARK: On the reactor's thread

    /// Calls `watcher` with the epoll events of `descriptor` until `unwatch`.
    func watch(_ descriptor: Int32, _ watcher: @escaping Watcher) -> Bool {
        watchers[descriptor] = watcher
        return control(EPOLL_CTL_ADD, descriptor, CLIBPQ_EPOLLIN)
    }

    /// Whether the watcher also hears when the descriptor can be written.
    func setWritable(_ descriptor: Int32, _ isWanted: Bool) {
        _ = control(EPOLL_CTL_MOD, descriptor, isWanted ? CLIBPQ_EPOLLIN | CLIBPQ_EPOLLOUT : CLIBPQ_EPOLLIN)
    }

    func unwatch(_ descriptor: Int32) {
        watchers[descriptor] = nil
        _ = control(EPOLL_CTL_DEL, descriptor, 0)
    }

    /// Calls `action` at a time of `Monotonic`; replaces an earlier one of the same owner.
    func setTimer(_ owner: AnyObject, at time: Int64, _ action: @escaping @Sendable () -> Void) {
        timers.set(ObjectIdentifier(owner), at: time, action)
    }

    func clearTimer(_ owner: AnyObject) {
        timers.clear(ObjectIdentifier(owner))
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ events: UInt32) -> Bool {
        var event = epoll_event()
        event.events = events
        event.data.fd = descriptor
        return epoll_ctl(epoll, operation, descriptor, &event) == 0
    }

    private func loop() {
        thread.store(Thread.current, ordering: .relaxed)
        var batch: [Work] = []
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        while true {
            inbox.withLock { inbox in
                inbox.isAsleep = false
                swap(&inbox.work, &batch)
            }
            for work in batch { perform(work) }
            batch.removeAll(keepingCapacity: true)
            for action in timers.due(at: Monotonic.now()) { action() }

            enum Next { case poll, sleep, end }
            let next: Next = inbox.withLock { inbox in
                guard inbox.work.isEmpty else { return .poll }
                if inbox.isStopped {
                    inbox.isRunning = false
                    return .end
                }
                inbox.isAsleep = true
                return .sleep
            }
            if next == .end { return }
            wait(next == .poll ? 0 : timers.milliseconds(from: Monotonic.now()), &events)
        }
    }

    private func perform(_ work: Work) {
        switch work {
        case .job(let job): job.runSynchronously(on: asUnownedSerialExecutor())
        case .task(let job, let executor): job.runSynchronously(on: executor.asUnownedTaskExecutor())
        case .call(let body): body()
        }
    }

    private func wait(_ milliseconds: Int32, _ events: inout [epoll_event]) {
        let count = epoll_wait(epoll, &events, Int32(events.count), milliseconds)
        guard count > 0 else { return }
        for event in events.prefix(Int(count)) {
            if event.data.fd == bell {
                var value: UInt64 = 0
                read(bell, &value, 8)
            } else {
                watchers[event.data.fd]?(event.events)
            }
        }
    }
}
