namespace Mempulse.Replay.State;

/// <summary>An entry that stands in at most one <see cref="ArrivalList{T}"/>, linked through itself.</summary>
internal interface IListed<T>
    where T : class
{
    /// <summary>The one that came before it.</summary>
    T? Previous { get; set; }

    /// <summary>The one that came after it.</summary>
    T? Following { get; set; }

    /// <summary>Its number in its list, from 1; 0 while it is in none.</summary>
    ulong ListOrdinal { get; set; }
}
