using Mempulse.Primitives.Encoding;
using Mempulse.Primitives.Records;

namespace Mempulse.Primitives.Events;

public abstract partial record LogEvent
{
    /// <summary>The storage of a lending market, or of one account in it, was read, as it is after a block.</summary>
    /// <remarks>The slots are raw: which of them mean what follows from the form of the market, as the registry in force names it.</remarks>
    /// <param name="Block">The block. A key of the record.</param>
    /// <param name="Number">Its height.</param>
    /// <param name="Market">The market.</param>
    /// <param name="Account">The account; the zero address for the market itself.</param>
    /// <param name="IsProven">True when the block's state root proves each value; false for what a node claims.</param>
    /// <param name="Slots">The slots of the market and of its tokens, in the order of reading.</param>
    /// <param name="Prices">What the market's oracle answered, executed here on the block's state; empty for an account.</param>
    public sealed record MarketObserved(
        Hash256 Block, BlockNumber Number, Address Market, Address Account, bool IsProven, IReadOnlyList<ContractSlot> Slots, IReadOnlyList<ObservedPrice> Prices) : LogEvent
    {
        /// <summary>What the code of the market answers of its terms, in the order of its form; empty for an account, and where the terms are in slots.</summary>
        public IReadOnlyList<Hash256> Answers { get; init; } = [];

        /// <summary>Its number in the log.</summary>
        public const EventKind KindNumber = (EventKind)24;

        /// <summary>Its entry in the catalog.</summary>
        public static EventType Type { get; } = new(KindNumber, nameof(MarketObserved), Read);

        /// <inheritdoc/>
        public override EventKind Kind => KindNumber;

        /// <inheritdoc/>
        public override EventKeys Keys => EventKeys.Of(EventKey.Block(Block));

        /// <inheritdoc/>
        public override void WriteFields<TFields>(ref TFields fields)
        {
            fields.Number("number", Number.Value);
            fields.Address("market", Market);
            fields.Address("account", Account);
            fields.Flag("proven", IsProven);
            fields.BeginList("slots", Slots.Count);
            foreach (var slot in Slots)
            {
                fields.Item(slot);
            }

            fields.EndList();
            fields.BeginList("prices", Prices.Count);
            foreach (var price in Prices)
            {
                fields.Item(price);
            }

            fields.EndList();
            fields.TrailingHashes("answers", Answers);
        }

        private static MarketObserved Read(in RecordView record, ref PayloadReader fields) => new(
            record.BlockKey, new BlockNumber(fields.Number()), fields.Address(), fields.Address(), fields.Flag(), fields.List(ContractSlot.Read), fields.List(ObservedPrice.Read))
        {
            Answers = fields.Hashes(),
        };
    }
}
