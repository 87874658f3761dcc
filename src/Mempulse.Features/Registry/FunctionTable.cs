using System.Diagnostics.CodeAnalysis;
using Mempulse.Replay.Lookups;

namespace Mempulse.Features.Registry;

/// <summary>The functions of a contract by selector. Immutable.</summary>
public sealed class FunctionTable
{
    private readonly LookupTable<uint, Slot> _functions = new();

    /// <summary>Creates a table.</summary>
    /// <exception cref="ArgumentException">Two functions have the same selector.</exception>
    internal FunctionTable(IEnumerable<FunctionEntry> functions)
    {
        foreach (var function in functions)
        {
            _functions.Add(new Slot(function.Selector, function));
        }
    }

    /// <summary>Number of functions.</summary>
    public int Count => _functions.Count;

    /// <summary>Finds a function.</summary>
    public bool TryFind(uint selector, [NotNullWhen(true)] out FunctionEntry? function)
    {
        bool found = _functions.TryGet(selector, out var slot);
        function = slot?.Function;
        return found;
    }

    private sealed record Slot(uint Key, FunctionEntry Function) : IKeyed<uint>;
}
