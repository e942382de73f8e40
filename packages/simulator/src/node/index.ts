// A local server for clients of OpenAI's chat completions
export {
  type SimulatorServer,
  type SimulatorServerOptions,
  startSimulatorServer,
} from './start-simulator-server.ts';
