using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Mempulse.Folding.Following;
using Mempulse.Folding.Live;
using Mempulse.Grains.Books;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Ingest;
using Mempulse.Grains.Logs;
using Mempulse.Grains.Publishing;
using Mempulse.Grains.Ranking;
using Mempulse.Grains.Rules;
using Mempulse.Grains.Simulations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Tests.Hosting;

/// <summary>Options are validated when a silo of their role starts: each range at its ends and one past them, nested options too, and relations.</summary>
public sealed class OptionsCheckTests
{
    public static TheoryData<Type> Classes => [typeof(FoldOptions), typeof(FollowerOptions), typeof(LogHostOptions), typeof(PublisherOptions), typeof(IngestHostOptions), typeof(SimHostOptions), typeof(BookWatchOptions), typeof(RulesOptions)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Each_range_accepts_its_ends_and_refuses_what_is_just_past_them_by_name(Type type)
    {
        int ranges = 0;
        foreach (var property in type.GetProperties().Where(property => property.GetCustomAttribute<RangeAttribute>() is not null))
        {
            var range = property.GetCustomAttribute<RangeAttribute>()!;
            ranges++;
            Assert.Empty(With(type, property, Moved(range.Minimum, property.PropertyType, 0)));
            Assert.Empty(With(type, property, Moved(range.Maximum, property.PropertyType, 0)));
            AssertRefused(range, type, property, Moved(range.Maximum, property.PropertyType, 1));
            AssertRefused(range, type, property, Moved(range.Minimum, property.PropertyType, -1));
        }

        Assert.True(ranges > 0);
    }

    [Fact]
    public void The_defaults_are_valid()
    {
        foreach (object options in new object[] { new FoldOptions(), new LogHostOptions(), new IngestHostOptions(), new SimHostOptions(), new BookWatchOptions(), new RulesOptions(), new RankOptions() })
        {
            Assert.Empty(OptionsCheck.Problems("Section", options));
        }
    }

    [Fact]
    public void A_problem_names_the_setting_as_the_configuration_does_also_in_nested_options()
    {
        Assert.Equal(
            ["'00:00:00' is not a valid Mempulse:Fold:Follower:StallPatience: expected 00:00:00.0010000 to 00:01:00."],
            OptionsCheck.Problems("Mempulse:Fold", new FoldOptions { Follower = new FollowerOptions { StallPatience = TimeSpan.Zero } }));
        Assert.Equal(
            ["'7' is not a valid Mempulse:Log:Durability: expected Fsync, Os."],
            OptionsCheck.Problems("Mempulse:Log", new LogHostOptions { Durability = (Canon.Format.Durability)7 }));
        Assert.Equal(["'' is not a valid Mempulse:Log:Writer: expected a value."], OptionsCheck.Problems("Mempulse:Log", new LogHostOptions { Writer = string.Empty }));
        Assert.Equal(
            ["'0x12' is not a valid Mempulse:Fold:AcknowledgedHead: expected 0x and 64 hex digits."],
            OptionsCheck.Problems("Mempulse:Fold", new FoldOptions { AcknowledgedHead = "0x12" }));
        Assert.Equal(
            ["'300' is not a valid Section:Most: expected 1 to 255.", "'System.String[]' is not a valid Section:Names: expected at least 2 entries."],
            OptionsCheck.Problems("Section", new RelatedOptions { Names = [], Most = 300 }));
    }

    [Fact]
    public void Relations_are_checked_once_each_value_is_valid()
    {
        Assert.Equal(["The section Section is not valid: Least exceeds Most."], OptionsCheck.Problems("Section", new RelatedOptions { Least = 3, Most = 2 }));
        Assert.Empty(OptionsCheck.Problems("Section", new RelatedOptions { Least = 2, Most = 2 }));
        Assert.Single(OptionsCheck.Problems("Section", new RelatedOptions { Least = 3, Most = 0 })); // the range alone
    }

    [Theory]
    [InlineData(SiloRoles.Log, typeof(LogHostOptions))]
    [InlineData(SiloRoles.Log, typeof(FoldOptions))]
    [InlineData(SiloRoles.Log, typeof(SimHostOptions))]
    [InlineData(SiloRoles.Ingest, typeof(IngestHostOptions))]
    [InlineData(SiloRoles.Ingest, typeof(FoldOptions))]
    [InlineData(SiloRoles.Worker, typeof(SimHostOptions))]
    [InlineData(SiloRoles.Worker, typeof(BookWatchOptions))]
    [InlineData(SiloRoles.Log, typeof(RulesOptions))]
    [InlineData(SiloRoles.Log, typeof(RankOptions))]
    [InlineData(SiloRoles.Api, typeof(FoldOptions))]
    public void A_silo_does_not_start_with_invalid_options_of_its_role(SiloRoles role, Type type)
    {
        Assert.Null(Record.Exception(() => Validate(role, _ => { })));

        var failure = Assert.Throws<OptionsValidationException>(() => Validate(role, silo => Spoil(silo, type)));

        Assert.StartsWith("'", Assert.Single(failure.Failures), StringComparison.Ordinal);
        Assert.Contains($"{SectionOf(type)}:", failure.Message, StringComparison.Ordinal);
    }

    private static string SectionOf(Type type) => type == typeof(LogHostOptions) ? "Mempulse:Log"
        : type == typeof(FoldOptions) ? "Mempulse:Fold"
        : type == typeof(IngestHostOptions) ? "Mempulse:Lanes"
        : type == typeof(BookWatchOptions) ? "Mempulse:Book"
        : type == typeof(RulesOptions) ? "Mempulse:Rules"
        : type == typeof(RankOptions) ? "Mempulse:Ranking"
        : "Mempulse:Simulation";

    private static void Spoil(ISiloBuilder silo, Type type)
    {
        silo.Services.Configure<LogHostOptions>(options => options.SegmentSizeBytes = type == typeof(LogHostOptions) ? 1 : options.SegmentSizeBytes);
        silo.Services.Configure<FoldOptions>(options => options.CheckpointEvents = type == typeof(FoldOptions) ? 1 : options.CheckpointEvents);
        silo.Services.Configure<IngestHostOptions>(options => options.RecentBodies = type == typeof(IngestHostOptions) ? 1 : options.RecentBodies);
        silo.Services.Configure<BookWatchOptions>(options => options.ReadsAtOnce = type == typeof(BookWatchOptions) ? -1 : options.ReadsAtOnce);
        silo.Services.Configure<RulesOptions>(options => options.ReloadInterval = type == typeof(RulesOptions) ? TimeSpan.Zero : options.ReloadInterval);
        silo.Services.Configure<RankOptions>(options => options.Profile = type == typeof(RankOptions) ? string.Empty : options.Profile);
        silo.Services.Configure<SimHostOptions>(options => options.MaxInFlight = type == typeof(SimHostOptions) ? 0 : options.MaxInFlight);
    }

    /// <summary>Validates as the start of a host does, before anything of it runs.</summary>
    private static void Validate(SiloRoles role, Action<ISiloBuilder> more)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.AddMempulse(role, []);
            more(silo);
        });
        using var host = builder.Build();
        host.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    private static void AssertRefused(RangeAttribute range, Type type, PropertyInfo property, object? value)
    {
        if (value is not null)
        {
            var problems = With(type, property, value);
            Assert.False(range.IsValid(value)); // converts its ends to their type, so that they print as such
            Assert.Equal([$"'{value}' is not a valid Section:{property.Name}: expected {range.Minimum} to {range.Maximum}."], problems);
        }
    }

    private static IReadOnlyList<string> With(Type type, PropertyInfo property, object? value)
    {
        object options = Activator.CreateInstance(type)!;
        property.SetValue(options, value);
        return OptionsCheck.Problems("Section", options);
    }

    /// <summary>An end of a range, or the value next to it; null where the type has none.</summary>
    private static object? Moved(object end, Type type, int by)
    {
        object value = end is string text ? System.ComponentModel.TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text)! : Convert.ChangeType(end, type, System.Globalization.CultureInfo.InvariantCulture);
        return value switch
        {
            int number => by > 0 && number == int.MaxValue ? null : number + by,
            long number => number + by,
            ulong number => by < 0 && number == 0 ? null : by < 0 ? number - 1 : number + (ulong)by,
            TimeSpan span => span + TimeSpan.FromTicks(by),
            _ => throw new NotSupportedException(type.Name),
        };
    }

    private sealed class RelatedOptions : IValidatableObject
    {
        public int Least { get; init; } = 1;

        [Range(1, 255)]
        public int Most { get; init; } = 2;

        [MinLength(2)]
        public string[] Names { get; init; } = ["a", "b"];

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Least > Most ? [new ValidationResult("Least exceeds Most.")] : [];
    }
}
