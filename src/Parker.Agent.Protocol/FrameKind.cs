namespace Parker.Agent.Protocol;

/// <summary>What a frame says. An unknown value is legal input: the agent answers it with <see cref="Failed"/>, its peer ignores it.</summary>
public enum FrameKind : ushort
{
    /// <summary>To the agent: a new peer is there (<see cref="Messages.Hello"/>). All that earlier peers started ends.</summary>
    Hello = 1,

    /// <summary>To the agent: answer with <see cref="Pong"/>.</summary>
    Ping = 2,

    /// <summary>To the agent: start a command (<see cref="Messages.RunRequest"/>).</summary>
    Run = 3,

    /// <summary>To the agent: bytes typed at the request's terminal, or the next bytes of the file that <see cref="Put"/> began.</summary>
    Input = 4,

    /// <summary>To the agent: the file of <see cref="Put"/> is complete.</summary>
    InputEnd = 5,

    /// <summary>To the agent: the request's terminal has another size (<see cref="Messages.TerminalSize"/>).</summary>
    Resize = 6,

    /// <summary>To the agent: end the request by force. Its end is reported as any other.</summary>
    Kill = 7,

    /// <summary>To the agent: a file comes (<see cref="Messages.PutRequest"/>).</summary>
    Put = 8,

    /// <summary>To the agent: send a file (<see cref="Messages.GetRequest"/>).</summary>
    Get = 9,

    /// <summary>From the agent: the answer to <see cref="Hello"/> (<see cref="Messages.HelloAnswer"/>).</summary>
    HelloAnswer = 0x101,

    /// <summary>From the agent: the answer to <see cref="Ping"/>.</summary>
    Pong = 0x102,

    /// <summary>From the agent: what the command wrote to its standard output or its terminal.</summary>
    Output = 0x103,

    /// <summary>From the agent: what the command wrote to its standard error.</summary>
    Error = 0x104,

    /// <summary>From the agent: the command ended (<see cref="Messages.ExitReport"/>). The request is over.</summary>
    Exited = 0x105,

    /// <summary>From the agent: the file that comes (<see cref="Messages.FileInformation"/>).</summary>
    FileInformation = 0x106,

    /// <summary>From the agent: the next bytes of the file.</summary>
    FileData = 0x107,

    /// <summary>From the agent: the file is complete, here or there. The request is over.</summary>
    Done = 0x108,

    /// <summary>From the agent: the request could not be done (<see cref="Messages.Failure"/>). It is over.</summary>
    Failed = 0x109,
}
