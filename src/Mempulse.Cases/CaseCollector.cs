using Mempulse.Features.Reasons;
using Mempulse.Features.Rules;
using Mempulse.Folding.Reasons;
using Mempulse.Folding.Replays;
using Mempulse.Primitives;
using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Records;
using Mempulse.Sim.Requests;
using Mempulse.Storage.Cases;
using Mempulse.Storage.Contents;

namespace Mempulse.Cases;

/// <summary>Collects a case from a log and the stores beside it: the records of an id and of what they name, the rules, the witnesses, the fold's standing.</summary>
/// <param name="replay">A replay that has reached the position of the case.</param>
/// <param name="rules">The rules beside the log.</param>
/// <param name="openStore">Opens the contents beside the log.</param>
/// <param name="secrecy">Whether it may have what can still be executed.</param>
internal sealed class CaseCollector(LogReplay replay, IRulesContents rules, Func<ContentStore> openStore, CaseSecrecy secrecy)
{
    /// <summary>Maximum number of records of one key.</summary>
    private const int MaxRecords = 4_096;

    /// <summary>What an id can be, in the order in which it is looked up.</summary>
    private static readonly (string Subject, KeyKind Kind)[] _subjects = [("bundle", KeyKind.Bundle), ("opportunity", KeyKind.Opp), ("simulation", KeyKind.Sim), (TxWhy.Subject, KeyKind.Tx)];

    private readonly CollectedRecords _records = new(new LoggedRecords(replay.Reader, replay.Engine.Applied));
    private readonly SortedDictionary<Hash256, ReadOnlyMemory<byte>> _contents = [];
    private readonly SortedSet<CaseEvent> _withheld = [];

    /// <summary>Simulations and bundles whose transactions could still be executed, so that the case does not have them.</summary>
    public IReadOnlyCollection<CaseEvent> Withheld => _withheld;

    /// <summary>What an id is, with its name in a case; null if no record has it.</summary>
    public static (string Subject, KeyKind Kind)? SubjectOf(ILoggedRecords records, Hash256 id) =>
        Array.Find(_subjects, candidate => records.First(new EventKey(candidate.Kind, id), 1).Count > 0) is { Subject: not null } found ? found : null;

    /// <summary>Collects the case of an id, without its results.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CaseUnavailableException">No record has the id, or a content that it needs is not there any more.</exception>
    public CaseContent Collect(Hash256 id, CancellationToken cancellationToken)
    {
        var (subject, kind) = SubjectOf(_records, id) ?? throw new CaseUnavailableException(CaseProblem.Unknown, CaseExport.Unknown(id, replay.Engine.Applied));

        Follow(new EventKey(kind, id));
        byte[] standing = kind == KeyKind.Tx ? Standing(id) : [];
        var asLogged = AddFacts(id, cancellationToken);
        AddRules();
        var unproven = AddWitnesses();
        return new CaseContent
        {
            Chain = replay.Engine.Chain,
            Subject = subject,
            Id = id,
            AsOf = replay.Engine.Applied,
            Versions = [new("fold", replay.Engine.RuleVersion), new("engine", $"{SimVersions.Engine}"), new("simulation", $"{SimVersions.Rules}")],
            Records = [.. _records.All.Select(static record => new CaseRecord(record.Seq, record.Bytes))],
            Contents = [.. _contents.Values],
            Standing = standing,
            Results = [],
            AsLogged = [.. asLogged.Concat(unproven).Distinct().Order()],
        };
    }

    /// <summary>Reads the records of a key and of the opportunities, simulations, bundles and triggers that they name.</summary>
    private void Follow(EventKey start)
    {
        var queue = new Queue<EventKey>([start]);
        var seen = new SortedSet<string>(StringComparer.Ordinal);
        while (queue.TryDequeue(out var key))
        {
            if (!seen.Add($"{key.Kind} {key}"))
            {
                continue;
            }

            foreach (var record in _records.First(key, MaxRecords))
            {
                if (key.Kind == KeyKind.Tx && key != start)
                {
                    continue; // its body and its life, but not what else it triggered
                }

                foreach (var kind in new[] { KeyKind.Opp, KeyKind.Sim, KeyKind.Bundle })
                {
                    if (record.View.TryGetKey(kind, out var named))
                    {
                        queue.Enqueue(named);
                    }
                }

                if (LogEvent.Decode(record.View) is LogEvent.OppDetected opp)
                {
                    opp.Before.Append(opp.Trigger).ToList().ForEach(tx => queue.Enqueue(EventKey.Tx(tx)));
                }
            }
        }
    }

    /// <summary>The fold's standing; answering the question once collects the records that the answer rests on.</summary>
    private byte[] Standing(Hash256 tx)
    {
        var standing = TxStanding.Of(replay.Engine, tx);
        TxWhy.Of(standing, _records);
        var buffer = new ByteBuffer();
        TxStandingCodec.Write(buffer, standing);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The registry in force, and the facts from which the fold derives the scores and verdicts again.</summary>
    /// <returns>The events that do not follow from them.</returns>
    private IReadOnlyList<CaseEvent> AddFacts(Hash256 id, CancellationToken cancellationToken)
    {
        if (replay.Engine.View<IRulesView>().Registry is { } inForce)
        {
            _records.At(inForce.Since);
        }

        var collected = _records.All;
        var scope = new FactScope(collected, new LoggedRecords(replay.Reader, replay.Engine.Applied));
        var fold = new CaseFold(replay.Engine.Chain, rules, id, [.. collected.Where(CaseFold.IsCompared)]);
        var (facts, asLogged) = new FactChoice(replay.Reader, scope, fold).Choose([.. collected.Where(static record => !record.View.IsDerived)], cancellationToken);
        _records.Keep(facts);
        return asLogged;
    }

    /// <summary>The rules that the records load, and those that opportunities were found with.</summary>
    private void AddRules()
    {
        foreach (var stated in _records.All.Where(static record => record.View.Kind is LogEvent.OppDetected.KindNumber or LogEvent.RulesLoaded.KindNumber).Select(static record => LogEvent.Decode(record.View)))
        {
            AddRules(stated is LogEvent.OppDetected opp ? opp.Registry : ((LogEvent.RulesLoaded)stated!).ContentHash);
        }
    }

    private void AddRules(in Hash256 hash) => _contents[hash] = rules.TryRead(hash, out var content)
        ? content
        : throw new CaseUnavailableException(CaseProblem.ContentMissing, $"The rules {hash} are no longer stored beside the log.");

    /// <summary>The witnesses of simulations and the bytes of bundles, but for those that could still be executed.</summary>
    /// <returns>The simulations and bundles without.</returns>
    private List<CaseEvent> AddWitnesses()
    {
        var store = new Lazy<ContentStore>(openStore);
        var records = _records.All;
        var secrets = new CaseSecrets(records, new LoggedRecords(replay.Reader, replay.Engine.Applied));
        List<CaseEvent> without = [];
        foreach (var named in records.Select(CaseWitness.Of).OfType<CaseWitness>())
        {
            if (named.Digest.IsZero || !store.Value.TryRead(named.Digest, out byte[]? bytes))
            {
                without.Add(named.Event);
            }
            else if (secrecy == CaseSecrecy.Public && named.TransactionsOf(bytes).Any(raw => secrets.IsSecret(raw, named.MadeAccountsOf(bytes))))
            {
                _withheld.Add(named.Event);
                without.Add(named.Event);
            }
            else if (ReadAll(store.Value, named.CodesOf(bytes)) is { } codes)
            {
                _contents[named.Digest] = bytes;
                codes.ForEach(code => _contents[code.Hash] = code.Bytes);
            }
            else
            {
                without.Add(named.Event);
            }
        }

        return without;
    }

    /// <returns>Null if the store does not have all of them.</returns>
    private static List<(Hash256 Hash, byte[] Bytes)>? ReadAll(ContentStore store, IReadOnlyList<Hash256> hashes)
    {
        List<(Hash256, byte[])> all = [];
        foreach (var hash in hashes)
        {
            if (!store.TryRead(hash, out byte[]? bytes))
            {
                return null;
            }

            all.Add((hash, bytes));
        }

        return all;
    }
}
