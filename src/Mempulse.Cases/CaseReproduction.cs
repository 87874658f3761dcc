using System.Diagnostics;
using Mempulse.Cases.Simulations;
using Mempulse.Ethereum.Transactions;
using Mempulse.Features.Decoding;
using Mempulse.Features.Reasons;
using Mempulse.Features.Registry;
using Mempulse.Features.Rules;
using Mempulse.Features.Trades;
using Mempulse.Outcomes.Competition;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Histories;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Cases;

namespace Mempulse.Cases;

/// <summary>Computes the results of a case again, from what is in it alone.</summary>
/// <param name="content">The case.</param>
/// <param name="rules">The rules that its records load.</param>
internal sealed class CaseReproduction(CaseContent content, IRulesContents rules)
{
    private readonly CaseRecords _records = new(content.Records);
    private readonly CaseContents _contents = new(content.Contents);
    private readonly SortedSet<Hash256> _txs = TxsOf(content);

    /// <summary>The records.</summary>
    public IReadOnlyList<LoggedRecord> Records => _records.All;

    /// <summary>The results in the order in which they are checked: each simulation, bundle and examination, then each transaction's decode and life, then the answer.</summary>
    public IReadOnlyList<CaseResult> Results() => [.. Simulations(), .. Bundles().Select(static bundle => CaseBundles.ResultOf(bundle.Built, bundle.Bytes)), .. Examined().Select(static examined => CaseExaminations.ResultOf(examined.Fact, examined.Witness)), .. Transactions(), .. Answer()];

    /// <summary>The bundles of the case whose bytes it has.</summary>
    public IEnumerable<(LogEvent.BundleBuilt Built, ReadOnlyMemory<byte> Bytes)> Bundles()
    {
        foreach (var built in new CaseBundles(Records).Built)
        {
            if (_contents.TryRead(built.Content, out var bytes))
            {
                yield return (built, bytes);
            }
        }
    }

    /// <summary>The simulations of the case whose witness it has.</summary>
    public IEnumerable<RecordedSim> Recorded()
    {
        foreach (var record in _records.All)
        {
            if (record.View.Kind == LogEvent.SimCompleted.KindNumber && LogEvent.Decode(record.View) is LogEvent.SimCompleted sim && _contents.TryRead(sim.WitnessDigest, out var witness))
            {
                yield return new RecordedSim(record.Seq, sim, WitnessCodec.Decode(witness.Span, code => _contents.TryRead(code, out var bytes) ? bytes : default(ReadOnlyMemory<byte>?)));
            }
        }
    }

    /// <summary>The examinations of the case whose witness it has.</summary>
    public IEnumerable<(LogEvent.CompetitionExamined Fact, CompetitionWitness Witness)> Examined()
    {
        foreach (var record in _records.All)
        {
            if (record.View.Kind == LogEvent.CompetitionExamined.KindNumber && LogEvent.Decode(record.View) is LogEvent.CompetitionExamined examined && _contents.TryRead(examined.WitnessDigest, out var witness))
            {
                yield return (examined, CompetitionWitnessCodec.Decode(witness.Span));
            }
        }
    }

    /// <summary>The first content of a record that the case does not have: its witness, or a code that it names; null if it has all.</summary>
    public Hash256? MissingOf(CaseWitness named)
    {
        if (!_contents.TryRead(named.Digest, out var bytes))
        {
            return named.Digest;
        }

        foreach (var code in named.CodesOf(bytes))
        {
            if (!_contents.TryRead(code, out _))
            {
                return code;
            }
        }

        return null;
    }

    private IEnumerable<CaseResult> Simulations() =>
        Recorded().Select(static sim => new CaseResult($"simulation {sim.Fact.Sim}", EventJson.PayloadOf(SimRerun.Of(sim, wantsSteps: false).Again)));

    private IEnumerable<CaseResult> Transactions()
    {
        var registry = FindRegistry();
        foreach (var hash in _records.All.Where(static record => record.View.Kind == LogEvent.TxDecoded.KindNumber).Select(static record => record.View.TxKey).Distinct().Where(_txs.Contains))
        {
            var history = new TxHistory(hash);
            foreach (var record in _records.First(EventKey.Tx(hash), int.MaxValue))
            {
                history.Add(record.View);
            }

            var life = history.Build()!;
            if (registry is not null && Decode(registry, life) is { } decode)
            {
                yield return new CaseResult($"decode {hash}", decode);
            }

            yield return new CaseResult($"life {hash}", LifeText.ToJson(life).ToJsonString());
        }
    }

    private IEnumerable<CaseResult> Answer()
    {
        if (!content.Standing.IsEmpty)
        {
            var answer = TxWhy.Of(TxStandingCodec.Read(content.Standing.Span), _records);
            yield return new CaseResult($"why {answer.Id}", WhyJson.ToJson(answer).ToJsonString());
        }
    }

    private ContractRegistry? FindRegistry()
    {
        var stated = _records.All.Where(static record => record.View.Kind == LogEvent.RulesLoaded.KindNumber).Select(static record => LogEvent.Decode(record.View)).OfType<LogEvent.RulesLoaded>().LastOrDefault(static rules => rules.Set == RuleSet.Registry);
        return stated is null ? null
            : rules.TryRead(stated.ContentHash, out var bytes) ? rules.RegistryOf(bytes)
            : throw new UnreachableException(); // the fold has read it
    }

    private string? Decode(ContractRegistry registry, TxLife life)
    {
        if (life is not { Body: { Recipient: { } target } body, Sender: { } sender } || !TransactionView.TryRead(body.Raw, out var tx))
        {
            return null;
        }

        byte[] data = tx.Input.ToArray();
        var tree = new DecodeTree();
        new CallDecoder(registry).Decode(
            new CallRequest
            {
                Chain = content.Chain,
                Block = life.Inclusion?.Number ?? new BlockNumber(ulong.MaxValue),
                Sender = sender,
                Target = target,
                Value = body.Value.Value,
                Data = data,
            },
            tree);
        return CallJson.ToJson(tree, new TradeReader().Read(tree, registry.WrappedEther(content.Chain)), data).ToJsonString();
    }

    /// <summary>The transaction of the case, or the triggers of its opportunities and what runs before them; not those that only compete with it.</summary>
    private static SortedSet<Hash256> TxsOf(CaseContent content)
    {
        var txs = new SortedSet<Hash256> { content.Id };
        foreach (var record in content.Records)
        {
            var view = new RecordView(record.Seq, record.Bytes.Span);
            if (view.Kind == LogEvent.OppDetected.KindNumber && LogEvent.Decode(view) is LogEvent.OppDetected opp)
            {
                txs.Add(opp.Trigger);
                txs.UnionWith(opp.Before);
            }
        }

        return txs;
    }
}
