using Mono.Cecil;

namespace Mempulse.Architecture.Tests.Determinism;

/// <summary>Types that L0 may not refer to, by rule. A trailing dot means a namespace and all below it.</summary>
internal static class ForbiddenTypes
{
    private static readonly string[] Exempt =
    [
        "System.IO.Hashing.", // checksums of spans, docs/decisions/0004
        "System.IO.InvalidDataException",
        "System.Reflection.DefaultMemberAttribute",
    ];

    private static readonly (string Name, string Rule)[] Names =
    [
        ("System.Collections.Generic.Dictionary`2", Rule.HashOrder),
        ("System.Collections.Generic.HashSet`1", Rule.HashOrder),
        ("System.Collections.Generic.PriorityQueue`2", Rule.HashOrder), // order of equal priorities is not stable
        ("System.Collections.Generic.IDictionary`2", Rule.HashOrder),
        ("System.Collections.Generic.IReadOnlyDictionary`2", Rule.HashOrder),
        ("System.Collections.Generic.ISet`1", Rule.HashOrder),
        ("System.Collections.Hashtable", Rule.HashOrder),
        ("System.Collections.Frozen.", Rule.HashOrder),
        ("System.Collections.Immutable.ImmutableDictionary", Rule.HashOrder),
        ("System.Collections.Immutable.ImmutableHashSet", Rule.HashOrder),
        ("System.Collections.Concurrent.", Rule.Concurrency),
        ("System.Threading.", Rule.Concurrency),
        ("System.Lazy`", Rule.Concurrency),
        ("System.Runtime.CompilerServices.IAsyncStateMachine", Rule.Concurrency),
        ("System.Runtime.CompilerServices.ConditionalWeakTable`2", Rule.Process),
        ("System.WeakReference", Rule.Process),
        ("System.IO.", Rule.InputOutput),
        ("System.Net.", Rule.InputOutput),
        ("System.Console", Rule.InputOutput),
        ("System.DateTime", Rule.Clock), // DateTimeOffset, DateTimeKind too
        ("System.DateOnly", Rule.Clock),
        ("System.TimeOnly", Rule.Clock),
        ("System.TimeZone", Rule.Clock),
        ("System.TimeProvider", Rule.Clock),
        ("System.Diagnostics.Stopwatch", Rule.Clock),
        ("System.Random", Rule.Randomness),
        ("System.Security.Cryptography.RandomNumberGenerator", Rule.Randomness),
        ("System.Globalization.CultureInfo", Rule.Culture),
        ("System.Globalization.CompareInfo", Rule.Culture),
        ("System.Globalization.TextInfo", Rule.Culture),
        ("System.Environment", Rule.Process),
        ("System.AppContext", Rule.Process),
        ("System.AppDomain", Rule.Process),
        ("System.GC", Rule.Process),
        ("System.Reflection.", Rule.Process),
        ("System.Diagnostics.Process", Rule.Process),
        ("System.Diagnostics.Activity", Rule.Host),
        ("System.Diagnostics.Metrics.", Rule.Host),
        ("System.Diagnostics.Tracing.", Rule.Host),
        ("System.Diagnostics.Debug", Rule.Host), // silent in Release
        ("System.Diagnostics.Trace", Rule.Host),
        ("Microsoft.", Rule.Host),
        ("Orleans.", Rule.Host),
        ("System.Single", Rule.FloatingPoint),
        ("System.Double", Rule.FloatingPoint),
        ("System.Half", Rule.FloatingPoint),
        ("System.MathF", Rule.FloatingPoint),
        ("System.Numerics.Vector2", Rule.FloatingPoint),
        ("System.Numerics.Vector3", Rule.FloatingPoint),
        ("System.Numerics.Vector4", Rule.FloatingPoint),
        ("System.Numerics.Complex", Rule.FloatingPoint),
        ("System.Runtime.InteropServices.NativeLibrary", Rule.NativeCall),
        ("System.Runtime.InteropServices.Marshal", Rule.NativeCall),
    ];

    private static readonly string[] Prefixes =
    [
        "System.Collections.Immutable.ImmutableDictionary", "System.Collections.Immutable.ImmutableHashSet", "System.Lazy`", "System.WeakReference",
        "System.DateTime", "System.TimeZone", "System.Diagnostics.Activity",
    ];

    /// <summary>The rule that a reference to <paramref name="type"/> or to one of its parts breaks, or null.</summary>
    public static string? RuleFor(TypeReference? type) => type switch
    {
        null => null,
        GenericInstanceType generic => RuleFor(generic.ElementType) ?? generic.GenericArguments.Select(RuleFor).FirstOrDefault(rule => rule is not null),
        TypeSpecification wrapped => RuleFor(wrapped.ElementType),
        GenericParameter => null,
        _ => RuleFor(Outermost(type).FullName),
    };

    private static string? RuleFor(string name)
    {
        if (Exempt.Any(exempt => Matches(name, exempt)))
        {
            return null;
        }

        foreach (var (forbidden, rule) in Names)
        {
            if (Matches(name, forbidden))
            {
                return rule;
            }
        }

        return null;
    }

    private static bool Matches(string name, string pattern) =>
        pattern[^1] == '.' || Prefixes.Contains(pattern) ? name.StartsWith(pattern, StringComparison.Ordinal) : name == pattern;

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);
}
