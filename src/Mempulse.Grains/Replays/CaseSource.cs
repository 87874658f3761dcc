using Mempulse.Canon.Reading;
using Mempulse.Features.Rules;
using Mempulse.Folding.Checkpoints;
using Mempulse.Storage.Contents;

namespace Mempulse.Grains.Replays;

/// <summary>A log and what a case takes from beside it.</summary>
/// <param name="Reader">The log.</param>
/// <param name="Rules">Its rules.</param>
/// <param name="Checkpoints">Its checkpoints, which restore engines with the given rules.</param>
/// <param name="Store">Its contents.</param>
internal sealed record CaseSource(ILogReader Reader, IRulesContents Rules, Func<IRulesContents, CheckpointStore> Checkpoints, Func<ContentStore> Store);
