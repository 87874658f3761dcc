namespace Mempulse.Replay.Entries;

/// <summary>An entry that can be in one <see cref="ArrivalList{T}"/>.</summary>
public interface IListed
{
    /// <summary>Its number in its list, from 1; 0 while it is in no list. Part of the entry's encoding.</summary>
    ulong ListOrdinal { get; set; }
}
