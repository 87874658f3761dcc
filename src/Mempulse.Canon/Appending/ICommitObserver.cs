using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Appending;

/// <summary>Is told of each commit once it is durable and the writer's term still held.</summary>
public interface ICommitObserver
{
    /// <summary>Events were committed. Runs on the writer's thread, so it must neither block nor throw: an exception stops the writer.</summary>
    /// <param name="batch">The commit; its records are the writer's own memory and valid only during the call, so copy what is to be kept.</param>
    void Committed(SequencedBatch batch);
}
