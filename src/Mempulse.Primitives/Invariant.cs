using System.Diagnostics.CodeAnalysis;

namespace Mempulse.Primitives;

/// <summary>Checks of our own code that stay on in Release; a failed check is a bug and stops the writer.</summary>
public static class Invariant
{
    /// <summary>Throws unless <paramref name="holds"/>; <paramref name="number"/> is the entry of docs/invariants.md, such as "INV-nn".</summary>
    /// <exception cref="InvariantBrokenException">The relation does not hold.</exception>
    public static void That([DoesNotReturnIf(false)] bool holds, string number, string sentence)
    {
        if (!holds)
        {
            throw new InvariantBrokenException($"{number}: {sentence}");
        }
    }
}
