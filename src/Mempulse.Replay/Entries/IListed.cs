namespace Mempulse.Replay.Entries;

/// <summary>An entry that can be in one <see cref="ArrivalList{T}"/>, which links it intrusively.</summary>
/// <typeparam name="T">The entry.</typeparam>
public interface IListed<T>
    where T : class
{
    /// <summary>The entry before it.</summary>
    T? Previous { get; set; }

    /// <summary>The entry after it.</summary>
    T? Following { get; set; }

    /// <summary>Its number in its list, from 1; 0 while it is in no list. Part of the entry's encoding.</summary>
    ulong ListOrdinal { get; set; }
}
