using Mempulse.Canon.Format;
using Mempulse.Grains.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Mempulse.Grains.Tests.Hosting;

/// <summary>A failure reaches a caller on another silo as what it is, with its message.</summary>
public sealed class CrossingFailureTests
{
    private static readonly Type[] _failures =
    [
        .. typeof(LogCorruptException).Assembly.GetTypes().Concat(typeof(MempulseSilo).Assembly.GetTypes())
            .Where(static type => type.IsAssignableTo(typeof(Exception)) && !type.IsAbstract && type.GetConstructor([typeof(string)]) is not null),
    ];

    [Fact]
    public void Every_exception_of_the_log_and_of_grains_crosses_as_itself()
    {
        using var services = Silo();
        var serializer = services.GetRequiredService<Serializer>();

        Assert.True(_failures.Length > 10);
        Assert.All(_failures, type =>
        {
            var thrown = (Exception)Activator.CreateInstance(type, "the message")!;
            var received = serializer.Deserialize<Exception>(serializer.SerializeToArray(thrown));

            Assert.Equal<(Type?, string?)>((type, "the message"), (received?.GetType(), received?.Message));
        });
    }

    [Fact]
    public void The_cause_of_a_failure_crosses_with_it()
    {
        using var services = Silo();
        var serializer = services.GetRequiredService<Serializer>();

        var received = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(new LogCorruptException("damaged", new InvalidDataException("a cause"))));

        Assert.Equal("a cause", Assert.IsType<InvalidDataException>(Assert.IsType<LogCorruptException>(received).InnerException).Message);
    }

    private static ServiceProvider Silo() => new ServiceCollection().AddSerializer().AddCrossingFailures().BuildServiceProvider();
}
