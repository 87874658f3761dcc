using Mempulse.Canon;
using Mempulse.Canon.Files;
using Mempulse.Folding;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Storage.Rules;

namespace Mempulse.Cli.Recording;

/// <summary>Puts a registry beside a log that this process writes, and states it there.</summary>
internal static class RulesRecorder
{
    /// <summary>Stores the content and returns the record that follows it.</summary>
    /// <exception cref="IOException">The content cannot be written.</exception>
    public static EventBatch Store(RegistryFile registry, string logDirectory, IEventLog log, UnixNanoseconds at)
    {
        var hash = RulesStore.Beside(logDirectory, PosixFileSystem.Instance).Put(registry.Content.Span);
        return RulesRecord.Of(new LogEvent.RulesLoaded(RuleSet.Registry, hash, (ulong)registry.Content.Length, registry.Name), log.LastSequence(RulesRecord.Lane), at);
    }
}
