namespace Mempulse.Canon.Appending;

/// <summary>Which thread runs the caller's continuation once the outcome of an append is known.</summary>
public enum AcknowledgeOn
{
    /// <summary>A thread-pool thread: the log continues whatever the continuation does. The safe choice.</summary>
    Pool = 0,

    /// <summary>
    /// The writer's thread, before it takes the next batch. Saves a thread switch; the continuation must neither block nor
    /// take long, as in <see cref="ICommitObserver"/>.
    /// </summary>
    Writer = 1,
}
