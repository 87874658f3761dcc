namespace Mempulse.Architecture.Tests.Reachability.Canaries;

/// <summary>The entry point of this little program; each member reaches a type in a different way.</summary>
internal static class EntryPoint
{
    public static int Start([Marked(typeof(UsedInAttribute))] object anything)
    {
        Func<object> made = () => new UsedInClosure();
        return anything is Hierarchy.Case && made() is IGrainCalled ? default(Amount).Value : Generic<UsedAsArgument>.Count;
    }
}

internal readonly record struct Amount(int Count)
{
    public int Value => Limits.Most - Count;
}

internal static class Limits
{
    public const int Most = 3;
}

internal sealed class UsedInClosure;

internal sealed class UsedInAttribute;

internal sealed class UsedAsArgument;

internal static class Generic<T>
{
    public static int Count => typeof(T).Name.Length;
}

internal abstract class Hierarchy
{
    internal sealed class Case : Hierarchy;
}

internal interface IGrainCalled;

[GrainType]
internal sealed class CalledGrain : IGrainCalled;

[RegisterConverter]
internal sealed class Converter : IConverts<UsedAsArgument>;

internal interface IConverts<T>
{
    T? Value => default;
}

internal sealed class Dead
{
    public UsedByDead Used { get; } = new();
}

internal sealed class UsedByDead;

internal abstract class DeadHierarchy
{
    internal sealed class Case : DeadHierarchy;
}

[GrainType]
internal sealed class DeadGrain : IDisposable
{
    public void Dispose()
    {
    }
}

[RegisterConverter]
internal sealed class DeadConverter : IConverts<UsedByDead>;

[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class MarkedAttribute(Type type) : Attribute
{
    public Type Type => type;
}

/// <summary>Named as in Orleans.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class GrainTypeAttribute : Attribute;

/// <summary>Named as in Orleans.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RegisterConverterAttribute : Attribute;
