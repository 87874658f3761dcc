using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Mempulse.Grains.Tests.Worlds;

/// <summary>An object whose methods do what the test says, by their names. Grains are not classes here, so that silos of other tests do not take them for theirs.</summary>
[SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxy is derived from it.")]
internal class ScriptedGrain : DispatchProxy
{
    private Func<MethodInfo, object?[], object?> _answer = (method, _) => throw new NotSupportedException(method.Name);

    /// <summary>Creates one that answers each call with <paramref name="answer"/>: the method's name, and its arguments.</summary>
    public static T Of<T>(Func<string, object?[], object?> answer)
        where T : class => OfMethods<T>((method, arguments) => answer(method.Name, arguments));

    /// <summary>The same, with the method itself.</summary>
    public static T OfMethods<T>(Func<MethodInfo, object?[], object?> answer)
        where T : class
    {
        var made = Create<T, ScriptedGrain>();
        ((ScriptedGrain)(object)made)._answer = answer;
        return made;
    }

    /// <summary>A factory or client that knows some grains by interface and key, such as "IMempoolGrain 1".</summary>
    public static T Factory<T>(IReadOnlyDictionary<string, object> grains, IServiceProvider? services = null)
        where T : class, IGrainFactory => OfMethods<T>((method, arguments) =>
            method.Name == nameof(IGrainFactory.GetGrain) ? grains[$"{method.GetGenericArguments()[0].Name} {arguments[0]}"]
            : method.Name == "get_ServiceProvider" ? services
            : throw new NotSupportedException(method.Name));

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
}
