using Mempulse.Cli.Decoding;
using Mempulse.Cli.Reasons;
using Mempulse.Cli.Simulations;
using Mempulse.Ethereum.Hashing;
using Mempulse.Ethereum.Transactions;
using Mempulse.Features.Decoding;
using Mempulse.Features.Reasons;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Primitives.Json;
using Mempulse.Primitives.Records;
using Mempulse.Replay.Histories;
using Mempulse.Sim.Witnesses;
using Mempulse.Storage.Cases;

namespace Mempulse.Cli.Cases;

/// <summary>Computes the results of a case again, from what is in it alone.</summary>
/// <param name="content">The case.</param>
internal sealed class CaseReproduction(CaseContent content)
{
    private readonly CaseRecords _records = new(content.Records);
    private readonly SortedDictionary<Hash256, ReadOnlyMemory<byte>> _contents = Index(content.Contents);

    /// <summary>The results in the order in which they are checked: each simulation, then each transaction's decode and life, then the answer.</summary>
    public IReadOnlyList<CaseResult> Results() => [.. Simulations(), .. Transactions(), .. Answer()];

    /// <summary>The simulations of the case whose witness it has.</summary>
    public IEnumerable<RecordedSim> Recorded()
    {
        foreach (var record in content.Records)
        {
            if (LogEvent.Decode(new RecordView(record.Seq, record.Bytes.Span)) is LogEvent.SimCompleted sim && _contents.TryGetValue(sim.WitnessDigest, out var witness))
            {
                yield return new RecordedSim(record.Seq, sim, WitnessCodec.Decode(witness.Span));
            }
        }
    }

    private IEnumerable<CaseResult> Simulations() =>
        Recorded().Select(static sim => new CaseResult($"simulation {sim.Fact.Sim}", EventJson.PayloadOf(SimRerun.Of(sim, wantsSteps: false).Again)));

    private IEnumerable<CaseResult> Transactions()
    {
        var registry = FindRegistry();
        foreach (var hash in content.Records.Select(static record => LogEvent.Decode(new RecordView(record.Seq, record.Bytes.Span))).OfType<LogEvent.TxDecoded>().Select(static decoded => decoded.Hash).Distinct().Where(IsOfCase))
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
            yield return new CaseResult($"why {answer.Id}", WhyReport.ToJson(answer).ToJsonString());
        }
    }

    /// <summary>The transaction of the case, or the triggers of its opportunities and what runs before them; not those that only compete with it.</summary>
    private bool IsOfCase(Hash256 tx) => tx == content.Id || content.Records
        .Select(static record => LogEvent.Decode(new RecordView(record.Seq, record.Bytes.Span)))
        .OfType<LogEvent.OppDetected>()
        .Any(opp => opp.Trigger == tx || opp.Before.Contains(tx));

    private ContractRegistry? FindRegistry()
    {
        var stated = content.Records.Select(static record => LogEvent.Decode(new RecordView(record.Seq, record.Bytes.Span))).OfType<LogEvent.RulesLoaded>().LastOrDefault(static rules => rules.Set == RuleSet.Registry);
        return stated is null ? null
            : _contents.TryGetValue(stated.ContentHash, out var bytes) ? RegistryReader.Read(bytes)
            : throw new CaseDamagedException($"The case has no content {stated.ContentHash}, which record of rules '{stated.Name}' names: it is missing, or it was altered.");
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
        return DecodeCommand.ToJson(tree, new TradeReader().Read(tree, registry.WrappedEther(content.Chain)), data).ToJsonString();
    }

    private static SortedDictionary<Hash256, ReadOnlyMemory<byte>> Index(IReadOnlyList<ReadOnlyMemory<byte>> contents)
    {
        var index = new SortedDictionary<Hash256, ReadOnlyMemory<byte>>();
        foreach (var bytes in contents)
        {
            index[Keccak256.Hash(bytes.Span)] = bytes;
        }

        return index;
    }
}
