namespace Mempulse.Canon.Appending;

/// <summary>Which thread goes on with the caller of an append once its outcome is known.</summary>
public enum AcknowledgeOn
{
    /// <summary>One of the thread pool: whatever the caller does then, the log goes on. For everybody who is not sure.</summary>
    Pool = 0,

    /// <summary>The writer's, before it takes the next batch: saves the change of threads, and what runs there must neither block nor take long, as in <see cref="ICommitObserver"/>.</summary>
    Writer = 1,
}
