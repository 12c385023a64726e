using System.CommandLine;
using System.Runtime.InteropServices;
using Husai.Cli.Hosting;
using Husai.Experiments.Configuration;

namespace Husai.AcceptanceTests.Hosting;

public sealed class CommandHostTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly Interruption _interruption = new();

    [Fact]
    public void The_command_decides_the_exit_code() => Assert.Equal(3, Run(_ => ExitCode.CheckFailed));

    [Theory]
    [InlineData(typeof(BadInputException))]
    [InlineData(typeof(FileNotFoundException))]
    [InlineData(typeof(DirectoryNotFoundException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    public void Bad_input_is_one_line_and_exit_code_2(Type exception)
    {
        var code = Run(_ => throw (Exception)Activator.CreateInstance(exception, "a.yaml: no such file")!);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Equal($"husai: a.yaml: no such file{Environment.NewLine}", _error.ToString());
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Every_error_of_a_configuration_has_its_line()
    {
        var code = Run(_ =>
        {
            ConfigurationReader.Parse<Options>("seeds: x\nseed: 1", "a.yaml");
            return 0;
        });

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Equal(
            ["husai: a.yaml:1:8: 'seeds' is 'x' where a whole number is needed",
            "husai: a.yaml:2:1: unknown key 'seed': did you mean 'seeds'?"],
            _error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_failure_is_one_line_with_a_hint_and_exit_code_1()
    {
        var code = Run(_ => throw new InvalidOperationException("the disk is full\nsecond line"));

        Assert.Equal(ExitCode.Failure, code);
        Assert.Equal($"husai: the disk is full (--debug shows the stack trace){Environment.NewLine}", _error.ToString());
    }

    [Fact]
    public void Debug_shows_the_stack_trace()
    {
        Run(_ => throw new InvalidOperationException("the disk is full"), "--debug");

        Assert.Contains($"   at {typeof(CommandHostTests).FullName}", _error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public void A_signal_cancels_the_command_and_sets_the_exit_code(PosixSignal signal, int expected)
    {
        var code = Run(context =>
        {
            Assert.True(_interruption.Signal(signal));
            Assert.True(context.Cancellation.WaitHandle.WaitOne(TimeSpan.FromMinutes(1)));
            context.Cancellation.ThrowIfCancellationRequested();
            return 0;
        });

        Assert.Equal(expected, code);
        Assert.Equal($"husai: interrupted{Environment.NewLine}", _error.ToString());
    }

    [Fact]
    public void A_second_signal_is_left_to_the_system()
    {
        Assert.True(_interruption.Signal(PosixSignal.SIGINT));
        Assert.False(_interruption.Signal(PosixSignal.SIGTERM));
        Assert.Equal(ExitCode.Interrupted, _interruption.ExitCode);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_failure() =>
        Assert.Equal(ExitCode.Failure, Run(_ => throw new OperationCanceledException()));

    [Fact]
    public void The_number_of_threads_is_the_one_asked_for() =>
        Assert.Equal(3, Run(context => context.Workers.Threads, "--threads", "3"));

    [Theory]
    [InlineData("--threads", "0")]
    [InlineData("--threads", "-1")]
    [InlineData("--threads", "1025")]
    [InlineData("--threads", "two")]
    [InlineData("--threads")]
    [InlineData("--unknown")]
    [InlineData("surplus")]
    public void A_wrong_command_line_never_runs_the_command(params string[] arguments)
    {
        var code = Run(_ => throw new InvalidOperationException("ran"), arguments);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.All(
            _error.ToString().Split(Environment.NewLine)[..^1], line => Assert.StartsWith("husai: ", line, StringComparison.Ordinal));
        Assert.EndsWith($"husai: see 'husai test --help'{Environment.NewLine}", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_of_the_program_is_not_named()
    {
        Assert.Equal("k is 0", BadInputException.From(new ArgumentException("k is 0", "options")).Message);
        Assert.Equal("k is 0", BadInputException.From(new ArgumentOutOfRangeException("options", 0, "k is 0")).Message);
        Assert.Equal("k is 0", BadInputException.From(new ArgumentException("k is 0")).Message);
    }

    [Fact]
    public void A_mistyped_option_is_answered_with_the_nearest_one()
    {
        Run(_ => 0, "--thread", "2");

        Assert.Contains("Did you mean '--threads'?", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Help_ends_with_the_examples()
    {
        Assert.Equal(ExitCode.Success, Run(_ => ExitCode.Failure, "--help"));
        Assert.EndsWith($"Examples:{Environment.NewLine}  husai test --json", _output.ToString().TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_replaces_the_text_for_people()
    {
        Run(
            context =>
            {
                context.Output.Result(
                    new { LearningRate = 0.1, LossAtEnd = double.NaN, Limit = float.PositiveInfinity, Day = DayOfWeek.Sunday },
                    _ => throw new InvalidOperationException("asked for text"));
                return 0;
            },
            "--json");

        Assert.Equal(
            """{"learning_rate": 0.1, "loss_at_end": "NaN", "limit": "Infinity", "day": "sunday"}""",
            string.Join(' ', _output.ToString().Split('\n', StringSplitOptions.TrimEntries)).Replace("{ ", "{").Replace(" }", "}").Trim());
        Assert.Empty(_error.ToString());
    }

    public void Dispose()
    {
        _interruption.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private int Run(Func<CommandContext, int> run, params string[] arguments)
    {
        var root = new RootCommand { new TestCommand(run) };
        GlobalOptions.AddTo(root);
        return new CommandHost(_output, _error, _interruption).Run(root, ["test", .. arguments]);
    }

    private sealed record Options
    {
        public int Seeds { get; init; }
    }
}
