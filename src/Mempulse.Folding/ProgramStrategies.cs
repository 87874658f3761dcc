using System.Reflection;
using Mempulse.Features.Strategies;

namespace Mempulse.Folding;

/// <summary>The strategies of this program: those of <see cref="StrategyCatalog"/>, and classes of any assembly beside it, by their type names.</summary>
public sealed class ProgramStrategies : IStrategySource
{
    private ProgramStrategies()
    {
    }

    /// <summary>The only instance.</summary>
    public static ProgramStrategies Instance { get; } = new();

    /// <inheritdoc/>
    /// <remarks>A name with a comma is a type, such as <c>My.Strategies.LargeSwaps, My.Strategies</c>, with a public constructor without parameters.</remarks>
    public IStrategy? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!name.Contains(',', StringComparison.Ordinal))
        {
            return StrategyCatalog.Instance.Find(name);
        }

        try
        {
            return Type.GetType(name, throwOnError: false) is { IsAbstract: false } type && typeof(IStrategy).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is { } create
                ? (IStrategy)create.Invoke([])
                : null;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or ArgumentException or TypeLoadException or TargetInvocationException)
        {
            return null; // the caller says that the program does not have it
        }
    }
}
