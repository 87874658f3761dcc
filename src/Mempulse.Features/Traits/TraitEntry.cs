using Mempulse.Features.Decoding;
using Mempulse.Features.Grading;
using Mempulse.Features.Registry;
using Mempulse.Features.Trades;
using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Traits;

/// <summary>The traits of a transaction that the fold holds.</summary>
/// <param name="traits">What the transaction says.</param>
/// <param name="functions">The functions that its trade is decoded by; none without a trade.</param>
internal sealed class TraitEntry(in TxTraits traits, GradedFunction[] functions) : StateEntry, IKeyed<Hash256>, IListed
{
    public const byte EntryTag = 0x48;

    private readonly TxTraits _traits = traits;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public Hash256 Key => _traits.Hash;

    /// <summary>What the transaction says, if its decode can be relied on.</summary>
    public ref readonly TxTraits Traits => ref _traits;

    /// <summary>True if its trade is decoded by a function that drifts.</summary>
    public bool IsDrifting(DecodeTrust trust) => trust.IsDrifting(functions);

    /// <summary>What the transaction says if its decode cannot be relied on: no amount is certain, and more may happen than it says.</summary>
    public TxTraits Uncertain() => _traits with { Trade = _traits.Trade is { } trade ? DecodeTrust.Uncertain(trade) : null, IsUnderstood = false };

    /// <summary>True while neither a block nor another transaction has settled it.</summary>
    public bool IsWaiting { get; set; }

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write(_traits.Hash);
        writer.Write(_traits.Chain.Value);
        writer.Write(_traits.Sender);
        Write(writer, _traits.Target);
        writer.Write((byte)_traits.Type);
        writer.Write(_traits.GasLimit.Value);
        writer.Write(_traits.Value.Value);
        writer.Write(_traits.MaxFeePerGas.Value);
        writer.Write(_traits.MaxPriorityFeePerGas.Value);
        writer.Write(_traits.MaxFeePerBlobGas.Value);
        writer.WriteCount(_traits.BlobCount);
        writer.WriteCount(_traits.AuthorizationCount);
        writer.WriteCount(_traits.InputBytes);
        writer.Write((byte)_traits.Category);
        Write(writer, _traits.Protocol);
        Write(writer, _traits.TargetKind);
        Write(writer, _traits.Contract);
        Write(writer, _traits.Function);
        writer.Write(_traits.Selector is not null);
        writer.Write(_traits.Selector ?? 0);
        writer.Write(_traits.IsUnderstood);
        writer.WriteCount(_traits.TradeCount);
        if (_traits.IsTrade)
        {
            Write(writer, _traits.MainTrade);
            Write(writer, functions);
        }

        writer.WriteCount(_traits.UnlimitedApprovals);
        Write(writer, _traits.WrappedEther);
        writer.Write(IsWaiting);
        writer.Write(ListOrdinal);
    }

    public static TraitEntry Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var traits = new TxTraits
        {
            Hash = reader.ReadHash(),
            Chain = new ChainId(reader.ReadUInt64()),
            Sender = reader.ReadAddress(),
            Target = ReadAddress(ref reader),
            Type = reader.ReadEnum(TxType.SetCode),
            GasLimit = new Gas(reader.ReadUInt64()),
            Value = new Wei(reader.ReadUInt256()),
            MaxFeePerGas = new Wei(reader.ReadUInt256()),
            MaxPriorityFeePerGas = new Wei(reader.ReadUInt256()),
            MaxFeePerBlobGas = new Wei(reader.ReadUInt256()),
            BlobCount = reader.ReadInt32(),
            AuthorizationCount = reader.ReadInt32(),
            InputBytes = reader.ReadInt32(),
            Category = reader.ReadEnum(CallCategory.Deployment),
            Protocol = ReadText(ref reader),
            TargetKind = ReadText(ref reader),
            Contract = ReadText(ref reader),
            Function = ReadText(ref reader),
            Selector = ReadSelector(ref reader),
            IsUnderstood = reader.ReadBoolean(),
            TradeCount = reader.ReadInt32(),
        };
        traits = traits with { Trade = traits.TradeCount > 0 ? ReadTrade(ref reader) : null };
        var functions = traits.TradeCount > 0 ? ReadFunctions(ref reader) : [];
        traits = traits with { UnlimitedApprovals = reader.ReadInt32(), WrappedEther = ReadAddress(ref reader) };
        return new TraitEntry(traits, functions) { IsWaiting = reader.ReadBoolean(), ListOrdinal = reader.ReadUInt64() };
    }

    private static void Write(EntryWriter writer, in Trade trade)
    {
        writer.WriteCount(trade.Node);
        Write(writer, trade.TokenIn);
        Write(writer, trade.TokenOut);
        Write(writer, trade.AmountIn);
        Write(writer, trade.AmountOut);
        Write(writer, trade.Recipient);
        writer.Write(trade.Deadline is not null);
        writer.Write(trade.Deadline ?? UInt256.Zero);
    }

    private static Trade ReadTrade(ref EntryReader reader)
    {
        var trade = new Trade(reader.ReadInt32(), ReadAddress(ref reader), ReadAddress(ref reader))
        {
            AmountIn = ReadAmount(ref reader),
            AmountOut = ReadAmount(ref reader),
            Recipient = ReadAddress(ref reader),
        };
        bool hasDeadline = reader.ReadBoolean();
        var deadline = reader.ReadUInt256();
        return trade with { Deadline = hasDeadline ? deadline : null };
    }

    private static void Write(EntryWriter writer, GradedFunction[] functions)
    {
        writer.WriteCount(functions.Length);
        foreach (var function in functions)
        {
            writer.Write(function.Contract);
            writer.Write(function.Layout);
            writer.Write(function.Signature);
        }
    }

    private static GradedFunction[] ReadFunctions(ref EntryReader reader)
    {
        var functions = new GradedFunction[reader.ReadCount()];
        for (int i = 0; i < functions.Length; i++)
        {
            functions[i] = new GradedFunction(reader.ReadAddress(), reader.ReadString(), reader.ReadString());
        }

        return functions;
    }

    private static void Write(EntryWriter writer, in Amount amount)
    {
        writer.Write((byte)amount.Meaning);
        writer.Write(amount.Value);
        writer.Write((byte)amount.Sentinel);
    }

    private static Amount ReadAmount(ref EntryReader reader) =>
        new(reader.ReadEnum(AmountMeaning.Stated), reader.ReadUInt256(), (AmountSentinels)reader.ReadByte());

    private static void Write(EntryWriter writer, Address? address)
    {
        writer.Write(address is not null);
        writer.Write(address ?? default);
    }

    private static Address? ReadAddress(ref EntryReader reader)
    {
        bool isThere = reader.ReadBoolean();
        var address = reader.ReadAddress();
        return isThere ? address : null;
    }

    private static void Write(EntryWriter writer, string? text)
    {
        writer.Write(text is not null);
        writer.Write(text ?? string.Empty);
    }

    private static uint? ReadSelector(ref EntryReader reader)
    {
        bool isThere = reader.ReadBoolean();
        uint selector = reader.ReadUInt32();
        return isThere ? selector : null;
    }

    private static string? ReadText(ref EntryReader reader)
    {
        bool isThere = reader.ReadBoolean();
        string text = reader.ReadString();
        return isThere ? text : null;
    }
}
