using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Mempulse.Api.Tests.Stubs;

/// <summary>Grains that answer what a test sets, and remember how they were called. There is no silo.</summary>
internal sealed class GrainAnswers
{
    private readonly ConcurrentDictionary<(Type Grain, string Call), Func<string, object?[], object?>> _answers = [];

    /// <summary>Every call so far: the grain's key, the method and its arguments.</summary>
    public ConcurrentQueue<(string Key, string Call, object?[] Arguments)> Calls { get; } = [];

    /// <summary>Forgets answers and calls.</summary>
    public void Clear()
    {
        _answers.Clear();
        Calls.Clear();
    }

    /// <summary>A factory of these grains.</summary>
    public IGrainFactory Factory => Proxy.Of<IGrainFactory>((method, arguments) => Proxy.Of(method.ReturnType, (call, given) => Answer(method.ReturnType, (string)arguments[0]!, call, given)));

    /// <summary>Sets the answer of a method; an exception that it throws is the grain's.</summary>
    public void Set<TGrain>(string call, Func<string, object?[], object?> answer) => _answers[(typeof(TGrain), call)] = answer;

    /// <summary>Sets the answer of a method for every key.</summary>
    public void Set<TGrain>(string call, object? answer) => Set<TGrain>(call, (_, _) => answer);

    private object? Answer(Type grain, string key, MethodInfo call, object?[] arguments)
    {
        Calls.Enqueue((key, call.Name, arguments));
        var task = typeof(GrainAnswers).GetMethod(nameof(TaskOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(call.ReturnType.GetGenericArguments()[0]);
        return task.Invoke(null, [_answers.TryGetValue((grain, call.Name), out var answer) ? () => answer(key, arguments) : (Func<object?>)(() => throw new NotSupportedException($"{grain.Name}.{call.Name} has no answer."))]);
    }

    // Asynchronous, so that what the answer throws is in the task.
    private static async ValueTask<T> TaskOf<T>(Func<object?> answer)
    {
        await Task.CompletedTask;
        return (T)answer()!;
    }

    /// <summary>An interface whose methods are one function.</summary>
    [SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "The proxies are derived from it.")]
    public class Proxy : DispatchProxy
    {
        private Func<MethodInfo, object?[], object?> _answer = static (_, _) => null;

        public static T Of<T>(Func<MethodInfo, object?[], object?> answer) => (T)Of(typeof(T), answer);

        public static object Of(Type type, Func<MethodInfo, object?[], object?> answer)
        {
            object proxy = Create(type, typeof(Proxy));
            ((Proxy)proxy)._answer = answer;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!, args ?? []);
    }
}
