using Mempulse.Builder.RelayData;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Grains.RelayData;

/// <summary>Turns answers of relays into facts: what is new, and from when to when a relay was not heard.</summary>
/// <remarks>Confined to its grain. What it remembers saves repetition; after a restart it asks the log.</remarks>
/// <param name="chain">The chain.</param>
/// <param name="isRecorded">Whether the log has a claim already; asked once for each claim.</param>
internal sealed class RelayDataLedger(ChainId chain, Func<LogEvent.RelayDataObserved, ValueTask<bool>> isRecorded)
{
    /// <summary>Claims that are remembered: more than relays make in the slots of a question.</summary>
    private const int MaxRemembered = 65_536;

    private readonly Dictionary<string, bool> _isHeard = new(StringComparer.Ordinal);
    private readonly HashSet<(string Relay, Hash256 Block)> _known = [];

    /// <summary>The facts that follow from the answers of all relays.</summary>
    public async ValueTask<IReadOnlyList<LogEvent>> FactsAsync(IReadOnlyList<RelayDataAnswer> answers, IReadOnlyList<RelayDataSource> sources)
    {
        if (_known.Count > MaxRemembered)
        {
            _known.Clear();
        }

        var facts = new List<LogEvent>();
        for (int i = 0; i < answers.Count; i++)
        {
            var answer = answers[i];
            if (answer.Fault != RelayDataFault.None)
            {
                Note(facts, answer.Relay, isHeard: false, new LogEvent.SourceLost(answer.Relay, LossOf(answer.Fault), answer.Reason));
                continue;
            }

            Note(facts, answer.Relay, isHeard: true, new LogEvent.SourceConnected(answer.Relay, LogEvent.RelayDataObserved.Lane, sources[i].Url.Authority, chain, Client: string.Empty, IsSynthetic: false));
            foreach (var claim in answer.Traces.OrderBy(static trace => trace.Slot).ThenBy(static trace => trace.BlockHash).Select(trace => FactOf(trace, answer.Relay)))
            {
                if (_known.Add((claim.Relay, claim.Block)) && !await isRecorded(claim))
                {
                    facts.Add(claim);
                }
            }
        }

        return facts;
    }

    /// <summary>The facts are not in the log: they follow again from the next answers.</summary>
    public void Forget()
    {
        _isHeard.Clear();
        _known.Clear();
    }

    private void Note(List<LogEvent> facts, string relay, bool isHeard, LogEvent change)
    {
        if (!_isHeard.TryGetValue(relay, out bool before) || before != isHeard)
        {
            _isHeard[relay] = isHeard;
            facts.Add(change);
        }
    }

    private static SourceLossReason LossOf(RelayDataFault fault) => fault == RelayDataFault.NoAnswer ? SourceLossReason.ConnectFailed : SourceLossReason.ProtocolViolation;

    private static LogEvent.RelayDataObserved FactOf(BidTrace trace, string relay) => new()
    {
        Block = trace.BlockHash,
        Relay = relay,
        Subject = RelayDataKind.Delivered,
        Slot = trace.Slot,
        Parent = trace.ParentHash,
        Number = trace.BlockNumber,
        Builder = trace.Builder.Text,
        FeeRecipient = trace.ProposerFeeRecipient,
        GasUsed = trace.GasUsed,
        Value = trace.Value,
        TransactionCount = trace.TransactionCount,
        ReceivedMilliseconds = trace.ReceivedMilliseconds,
    };
}
