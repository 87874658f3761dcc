using System.Globalization;
using Mempulse.Api.Decoding;
using Mempulse.Api.Reasons;
using Mempulse.Api.Transactions;
using Mempulse.Dashboard.Feed;
using Mempulse.Dashboard.Format;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Abstractions.Transactions;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;

namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>Reads a transaction for its screen, through the same types as the API.</summary>
internal sealed class TxReader(IGrainFactory grains, LiveFeed feed, RegistryCache registries)
{
    /// <summary>Reads a transaction.</summary>
    public async Task<TxReading> ReadAsync(Hash256 hash)
    {
        var chain = feed.Chain;
        var explaining = grains.Mempool(chain).ExplainTx(hash);
        var found = await grains.Tx(chain, hash).Read().ConfigureAwait(false);
        var why = WhyText.Of(await explaining.ConfigureAwait(false));
        if (found is null)
        {
            return new TxReading { Answer = null, Why = why, Sender = null };
        }

        var basis = await registries.FindBasisAsync(chain).ConfigureAwait(false);
        var answer = TxText.Of(chain, hash, found, EventCatalog.Core, basis);
        var (life, more) = LifeLines.Of(found);
        var reading = new TxReading
        {
            Answer = answer,
            Why = why,
            Sender = answer.Body is { } body && Address.TryParse(body.Sender, out var sender) ? await grains.Sender(chain, sender).Read().ConfigureAwait(false) : null,
            Life = life,
            MoreLines = more,
        };
        reading = WithGrade(reading, found);
        return basis is not null && LoggedCall.Of(chain, hash, found) is { } call ? WithDecode(reading, call, basis) : reading;
    }

    private static TxReading WithGrade(TxReading reading, TxRecords found)
    {
        foreach (var record in found.Records.Reverse())
        {
            if (record.View.Kind == LogEvent.DecodeGraded.KindNumber && EventCatalog.Core.Decode(record.View) is LogEvent.DecodeGraded graded)
            {
                return reading with { Grade = GradeText.Of(graded), GradeSeq = record.Seq, IsContradicted = graded.Verdict == GradeVerdict.Disagrees };
            }
        }

        return reading;
    }

    private static TxReading WithDecode(TxReading reading, DecodedCall call, DecodeBasis basis)
    {
        string? NameOf(Address account) => basis.Registry.Find(new ContractKey(call.Chain, account), call.Block)?.Name;
        var tree = call.Decode(basis, DelegatedCodes.None);
        var rows = DecodeLines.Of(tree, call.Data.Span, NameOf);
        var trades = new TradeReader().Read(tree, basis.Registry.WrappedEther(call.Chain));
        return reading with
        {
            Decode = rows,
            Words = CalldataWords.Of(call.Data.Span, rows),
            WordCount = CalldataWords.Count(call.Data.Length),
            TargetName = call.Target is { } target ? NameOf(target) : null,
            Sentence = SentenceOf(call, tree, trades, basis.Registry.WrappedEther(call.Chain), NameOf),
        };
    }

    private static string SentenceOf(DecodedCall call, DecodeTree tree, IReadOnlyList<Trade> trades, Address? ether, Func<Address, string?> nameOf)
    {
        if (trades is [var trade, ..])
        {
            string more = trades.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $", and {trades.Count - 1} more") : string.Empty;
            return $"Swaps {AmountText.Of(trade.AmountIn, trade.TokenIn, ether, nameOf)} for {AmountText.Of(trade.AmountOut, trade.TokenOut, ether, nameOf)}{more}";
        }

        var root = tree.Nodes[0];
        return root.Kind switch
        {
            NodeKind.Payment => $"Pays {Figures.Ether(call.Value)} to {nameOf(root.Target) ?? Hashes.Short(root.Target.ToString())}",
            NodeKind.Creation => $"Creates a contract with {Figures.Count(call.Data.Length)} B of code",
            _ => $"Calls {root.Function?.Function.Name ?? "an unknown function"} of {nameOf(root.Target) ?? Hashes.Short(root.Target.ToString())}{(call.Value.IsZero ? string.Empty : $" with {Figures.Ether(call.Value)}")}",
        };
    }
}
