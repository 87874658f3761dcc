using Mempulse.Ethereum.Abi;
using Mempulse.Features.Decoding;
using Mempulse.Features.Registry;

namespace Mempulse.Features.Checks;

/// <summary>Finds what is suspicious in a registry that can be used: collisions, and entries that nothing uses.</summary>
public static class RegistryCheck
{
    /// <summary>Elements of the arrays and bytes of the samples that two functions are tried with.</summary>
    private const int MaxSampleElements = 2;

    /// <summary>Pairs of functions that a selector may call and that read the same calldata differently, in the order of <see cref="RegistryContent.BySelector"/>.</summary>
    /// <remarks>
    /// Functions of the same signature collide if anything else of them differs. Others collide if a sample of one, with 0, 1 or 2 elements in
    /// every array and zeros for values, is a canonical encoding of the other. A collision that needs other calldata is not found.
    /// </remarks>
    public static IEnumerable<RegistryCollision> Collisions(RegistryContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var functions = content.BySelector;
        for (int i = 0; i < functions.Count; i++)
        {
            // A selector has at most RegistryReader.MaxFunctionsOfSelector functions.
            for (int other = i + 1; other < functions.Count && functions[other].Selector == functions[i].Selector; other++)
            {
                if (Compare(functions[i], functions[other]) is { } difference)
                {
                    yield return new RegistryCollision(functions[i], functions[other], difference);
                }
            }
        }
    }

    /// <summary>Entries that no call consults.</summary>
    public static IEnumerable<UnreadEntry> Unused(RegistryContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var named = new SortedSet<string>(content.Contracts.SelectMany(static contract => contract.Abis), StringComparer.Ordinal);
        foreach (var abi in content.Abis)
        {
            if (abi.Functions.Count == 0)
            {
                yield return new UnreadEntry("abi", abi.Name, "it has no functions");
            }
            else if (!abi.IsBySelector && !named.Contains(abi.Name))
            {
                yield return new UnreadEntry("abi", abi.Name, "no contract names it, and it is not recognised by selector");
            }
        }

        var reached = ReachedTables(content, named);
        foreach (var table in content.Tables)
        {
            if (!reached.Contains(table.Name))
            {
                yield return new UnreadEntry("commandTable", table.Name, "no function of a contract, and none that is recognised by selector, leads to it");
            }
        }

        foreach (var contract in content.Contracts)
        {
            if (contract.Abis.Count > 0 && contract.Entry.Functions.Count == 0)
            {
                yield return new UnreadEntry("contract", contract.Entry.Name, "its ABIs have no functions");
            }
        }

        foreach (var entry in content.Unread)
        {
            yield return entry;
        }
    }

    /// <summary>Tables may lead to one another in circles, so each is walked once.</summary>
    private static SortedSet<string> ReachedTables(RegistryContent content, SortedSet<string> named)
    {
        var reached = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Stack<FunctionEntry>(content.Abis.Where(abi => abi.IsBySelector || named.Contains(abi.Name)).SelectMany(static abi => abi.Functions));
        while (open.TryPop(out var function))
        {
            if (function.Inner is not InnerRule.Commands { Table: var table } || !reached.Add(table.Name))
            {
                continue;
            }

            foreach (var command in table.Entries)
            {
                open.Push(command.Value);
            }
        }

        return reached;
    }

    private static CollisionDifference? Compare(FunctionEntry one, FunctionEntry other)
    {
        if (one.Function.Signature == other.Function.Signature)
        {
            return EntryText.Inner(one) != EntryText.Inner(other) ? CollisionDifference.Inner
                : EntryText.Of(one) != EntryText.Of(other) ? CollisionDifference.Meaning
                : null;
        }

        return Overlap(one, other) || Overlap(other, one) ? CollisionDifference.Signature : null;
    }

    private static bool Overlap(FunctionEntry one, FunctionEntry other)
    {
        for (int elements = 0; elements <= MaxSampleElements; elements++)
        {
            int parts = DecodeBounds.MaxParts;
            if (AbiSample.TryEncode(one.Function.Arguments, elements, out byte[] sample) && AbiCheck.Canonical(other.Function.Arguments, sample, ref parts) == AbiFault.None)
            {
                return true;
            }
        }

        return false;
    }
}
