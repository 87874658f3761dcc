using Mempulse.Canon.Reading;
using Mempulse.Features.Rules;
using Mempulse.Folding.Reasons;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Storage.Cases;
using Mempulse.Storage.Contents;

namespace Mempulse.Cases;

/// <summary>Exports a case from a log and the stores beside it. The same log and stores give the same bytes.</summary>
public static class CaseExport
{
    /// <summary>True if a record up to a position has an id.</summary>
    /// <param name="reader">The log.</param>
    /// <param name="id">The id.</param>
    /// <param name="at">The position.</param>
    public static bool Has(ILogReader reader, Hash256 id, GlobalSeq at) => CaseCollector.SubjectOf(new LoggedRecords(reader, at), id) is not null;

    /// <summary>The sentence about an id that no record has.</summary>
    /// <param name="id">The id.</param>
    /// <param name="at">The last position that was searched.</param>
    public static string Unknown(Hash256 id, GlobalSeq at) => $"The log has no transaction, opportunity, simulation or bundle {id} up to seq {at}.";

    /// <summary>Exports the case of an id.</summary>
    /// <remarks>
    /// Folds the log up to the position, and for an opportunity or a bundle scans it once more. Memory beside the folded state: the facts that the choice holds (64 MiB), and the
    /// case (at most <see cref="CaseFile.MaxContentBytes"/>). One thread.
    /// </remarks>
    /// <param name="id">The id of a bundle, an opportunity or a simulation, or a transaction's hash.</param>
    /// <param name="at">The position of the case.</param>
    /// <param name="replay">A replay at or before the position; it is at the position afterwards.</param>
    /// <param name="rules">The rules beside the log, shared with the replay.</param>
    /// <param name="store">Opens the contents beside the log.</param>
    /// <param name="secrecy">Who may read the case.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    /// <exception cref="CaseUnavailableException">No record has the id, a content that it needs is gone, or it is too large.</exception>
    public static ExportedCase Run(Hash256 id, GlobalSeq at, LogReplay replay, SharedRules rules, Func<ContentStore> store, CaseSecrecy secrecy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(replay);
        ArgumentNullException.ThrowIfNull(rules);
        replay.RunTo(at, cancellationToken);
        var collector = new CaseCollector(replay, rules, store, secrecy);
        var collected = collector.Collect(id, cancellationToken);
        var content = collected with { Results = new CaseReproduction(collected, rules).Results() };
        return new ExportedCase(content, collector.Withheld, CaseFile.Encode(content));
    }
}
