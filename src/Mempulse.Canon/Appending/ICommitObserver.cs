using Mempulse.Primitives.Records;

namespace Mempulse.Canon.Appending;

/// <summary>Receives each commit once it is durable and the writer's epoch was found to hold.</summary>
public interface ICommitObserver
{
    /// <summary>Called after each commit, on the writer's thread; must neither block nor throw.</summary>
    /// <remarks>An exception stops the writer.</remarks>
    /// <param name="batch">The commit. Its records lie in the writer's own memory and are valid only during the call; copy what must be kept.</param>
    void Committed(SequencedBatch batch);
}
