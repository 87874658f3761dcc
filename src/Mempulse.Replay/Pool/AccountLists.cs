using Mempulse.Replay.Entries;

namespace Mempulse.Replay.Pool;

/// <summary>The ordinal that the list of idle accounts continues from.</summary>
internal sealed class AccountLists(ArrivalList<AccountEntry> idle) : StateEntry
{
    public override byte Tag => PoolTags.AccountLists;

    public override void Encode(EntryWriter writer) => writer.Write(idle.LastOrdinal);
}
