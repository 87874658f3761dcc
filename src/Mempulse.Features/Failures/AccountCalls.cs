using Mempulse.Replay.Entries;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Failures;

/// <summary>How the last calls of an account ended.</summary>
internal sealed class AccountCalls(FailureKey key) : StateEntry, IKeyed<FailureKey>, IListed
{
    public const byte EntryTag = 0x38;

    public override byte Tag => EntryTag;

    /// <inheritdoc/>
    public FailureKey Key { get; } = key;

    /// <summary>The calls.</summary>
    public CallHistory History { get; set; }

    /// <inheritdoc/>
    public ulong ListOrdinal { get; set; }

    public override void Encode(EntryWriter writer)
    {
        writer.Write((byte)Key.Role);
        writer.Write(Key.Account);
        writer.WriteCount(History.Count);
        writer.Write(History.Failed);
        writer.Write(ListOrdinal);
    }

    public static AccountCalls Decode(ref EntryReader reader)
    {
        reader.Expect(EntryTag);
        var entry = new AccountCalls(new FailureKey(reader.ReadEnum(FailureRole.Token), reader.ReadAddress()))
        {
            History = new CallHistory(reader.ReadInt32(), reader.ReadUInt32()),
            ListOrdinal = reader.ReadUInt64(),
        };
        return entry.History.IsValid ? entry : throw reader.Malformed($"{entry.History.FailedCount} failures of {entry.History.Count} calls are not a history");
    }
}
